"""Every shell step of the workflows, run as GitHub runs it: against a bare origin, with stubs of `gh` and `make`."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from schema.paths import ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
BOT = "41898282+github-actions[bot]@users.noreply.github.com"
# The stubs append their arguments to a file; `make` also does what the test says.
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  "pr list"*) printf '%s' "$OPEN_PR" ;;
  "api --paginate"*) printf '%s' "$COMMENT_IDS" ;;
esac
for argument in "$@"; do
  case "$argument" in
    body=@*) cat "${argument#body=@}" > "$CALLS.body" ;;
  esac
done
"""
MAKE = """#!/bin/sh
printf 'make %s\\n' "$*" >> "$CALLS"
eval "$MAKE_DOES"
"""


@dataclass
class Runner:
    """A machine of GitHub: a checkout of an origin, and what the steps may read and write."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def run(self, workflow: str, job: str, step: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one step with the shell and the options that GitHub uses."""
        environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "GIT_CONFIG_NOSYSTEM": "1",
            "CALLS": str(self.folder / "calls"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "OPEN_PR": "",
            "COMMENT_IDS": "",
            "MAKE_DOES": "",
            **variables,
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-c", script(workflow, job, step)],
            cwd=self.checkout,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def calls(self) -> list[str]:
        return self.text("calls").splitlines()


def script(workflow: str, job: str, step: str) -> str:
    steps = yaml.safe_load((WORKFLOWS / workflow).read_text(encoding="utf-8"))["jobs"][job]["steps"]
    (found,) = [one["run"] for one in steps if one.get("name") == step]
    return str(found)


def git(folder: Path, *arguments: str, email: str = "someone@example.com") -> str:
    identity = ["-c", "user.name=someone", "-c", f"user.email={email}", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def commit(folder: Path, message: str, email: str = "someone@example.com", **files: str) -> str:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message, email=email)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """An origin with one commit on main, and its checkout."""
    for name, text in (("gh", GH), ("make", MAKE)):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)
    (tmp_path / "temp").mkdir()
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "checkout")
    checkout = tmp_path / "checkout"
    git(checkout, "switch", "--quiet", "--create", "main")
    commit(checkout, "first", schema="one\ntwo\nthree\nfour\n", notes="a\n")
    git(checkout, "push", "--quiet", "origin", "main")
    return Runner(tmp_path)


# ---- All steps are here ----------------------------------------------------------------------------------------------

TESTED = {
    "Compare with the merge base",
    "Write the comment, or update it",
    "Fail if callers break, unless that is accepted",
    "Take over the published schema",
    "Open the pull request, or update it",
    "Check that the tag names the version",
}


def test_each_step_that_is_more_than_a_target_of_make_is_run_here() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    names = set()
    for path in WORKFLOWS.glob("*.yml"):
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            for step in job["steps"]:
                if target := re.fullmatch(r"make ([a-z-]+)", step.get("run", "")):
                    assert target[1] in targets
                elif "run" in step:
                    names.add(step["name"])
    assert names == TESTED


# ---- api-diff.yml ----------------------------------------------------------------------------------------------------

REPORT = "printf '<!-- api-diff -->\\n\\n**API changes: %s**, release as 0.2.0.\\n' breaking > report.md"
COMPARE = ("api-diff.yml", "report", "Compare with the merge base")


def test_the_report_compares_with_the_merge_base(runner: Runner) -> None:
    base = git(runner.checkout, "rev-parse", "HEAD")
    git(runner.checkout, "switch", "--quiet", "--create", "work")
    commit(runner.checkout, "mine", schema="mine\n")
    git(runner.checkout, "switch", "--quiet", "main")
    commit(runner.checkout, "meanwhile on main", notes="b\n")
    git(runner.checkout, "push", "--quiet", "origin", "main")
    git(runner.checkout, "switch", "--quiet", "work")
    done = runner.run(*COMPARE, BASE_REF="main", MAKE_DOES=REPORT)
    assert done.returncode == 0, done.stderr
    assert runner.calls() == [f"make --silent api-diff BASE={base} FORMAT=github MARKDOWN=report.md HTML=report.html"]
    assert runner.text("output") == "verdict=breaking\n"
    assert "**API changes: breaking**" in runner.text("summary")


def test_the_makefile_knows_what_the_report_needs() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("api-diff: ")[2].partition("\n\n")[0]
    assert all(f"$({name})" in recipe for name in ("BASE", "FORMAT", "MARKDOWN", "HTML"))


def test_without_a_report_the_step_fails(runner: Runner) -> None:
    assert runner.run(*COMPARE, BASE_REF="main", MAKE_DOES="exit 2").returncode != 0
    assert runner.run(*COMPARE, BASE_REF="gone", MAKE_DOES=REPORT).returncode != 0


COMMENT = ("api-diff.yml", "comment", "Write the comment, or update it")


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ("", "api --method POST repos/a/b/issues/7/comments -F body=@report.md --silent"),
        ("11\n12\n", "api --method PATCH repos/a/b/issues/comments/11 -F body=@report.md --silent"),
    ],
    ids=["no comment yet", "a comment"],
)
def test_the_report_is_one_comment(runner: Runner, ids: str, expected: str) -> None:
    (runner.checkout / "report.md").write_text("<!-- api-diff -->\nä\n", encoding="utf-8")
    done = runner.run(*COMMENT, REPOSITORY="a/b", NUMBER="7", COMMENT_IDS=ids)
    assert done.returncode == 0, done.stderr
    assert runner.calls()[0].startswith("api --paginate repos/a/b/issues/7/comments --jq .[] | select(.user.login ==")
    assert runner.calls()[1] == expected
    assert runner.text("calls.body") == "<!-- api-diff -->\nä\n"


@pytest.mark.parametrize(
    ("verdict", "labeled", "passes"),
    [
        ("none", "false", True),
        ("compatible", "false", True),
        ("breaking", "false", False),
        ("breaking", "true", True),
        ("incomplete", "false", False),
        ("incomplete", "true", False),
        ("", "true", False),
    ],
)
def test_a_break_passes_only_if_it_is_accepted(runner: Runner, verdict: str, labeled: str, passes: bool) -> None:
    step = ("api-diff.yml", "verdict", "Fail if callers break, unless that is accepted")
    done = runner.run(*step, VERDICT=verdict, LABELED=labeled)
    assert (done.returncode == 0) == passes
    assert ("::error::" in done.stdout) != passes


# ---- schema-update.yml -----------------------------------------------------------------------------------------------

UPDATE = ("schema-update.yml", "update", "Take over the published schema")
PROPOSE = ("schema-update.yml", "propose", "Open the pull request, or update it")


def test_an_unchanged_schema_proposes_nothing(runner: Runner) -> None:
    done = runner.run(*UPDATE, MAKE_DOES="echo 'openapi.yaml is up to date'")
    assert done.returncode == 0, done.stderr
    assert runner.calls() == ["make --silent update-schema"]
    assert runner.text("output") == "changed=false\n"
    assert not (runner.folder / "temp" / "update.patch").exists()


def test_a_changed_schema_becomes_a_patch_with_the_report(runner: Runner) -> None:
    done = runner.run(*UPDATE, MAKE_DOES="echo the report; echo two >> schema; printf 'a\\0b' > new")
    assert done.returncode == 0, done.stderr
    assert runner.text("output") == "changed=true\n"
    assert runner.text("temp/report.md") == runner.text("summary") == "the report\n"
    git(runner.checkout, "reset", "--quiet", "--hard")
    git(runner.checkout, "apply", "--index", str(runner.folder / "temp" / "update.patch"))
    assert (runner.checkout / "new").read_bytes() == b"a\0b"


def test_a_refused_schema_fails_the_job(runner: Runner) -> None:
    assert runner.run(*UPDATE, MAKE_DOES="exit 2").returncode != 0


def propose(runner: Runner, schema: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the second job for an update that writes this schema, on a fresh checkout of main."""
    git(runner.checkout, "fetch", "--quiet", "origin")
    git(runner.checkout, "switch", "--quiet", "--detach", "origin/main")
    git(runner.checkout, "branch", "--quiet", "--force", "main", "origin/main")
    if "schema-update" in git(runner.checkout, "branch", "--list", "schema-update"):
        git(runner.checkout, "branch", "--quiet", "-D", "schema-update")
    (runner.checkout / "schema").write_text(schema, encoding="utf-8")
    folder = runner.folder / "temp" / "update"
    folder.mkdir(exist_ok=True)
    patch = git(runner.checkout, "diff", "--binary") + "\n"
    (folder / "update.patch").write_text(patch, encoding="utf-8")
    (folder / "report.md").write_text("the report\n", encoding="utf-8")
    git(runner.checkout, "checkout", "--quiet", "--", ".")
    git(runner.checkout, "switch", "--quiet", "main")
    return runner.run(*PROPOSE, **variables)


def pushed(runner: Runner) -> list[str]:
    """Return the messages on the branch, oldest first."""
    log = git(runner.folder / "origin.git", "log", "--reverse", "--format=%s", "main..schema-update")
    return log.splitlines()


def pushed_file(runner: Runner, name: str) -> str:
    return git(runner.folder / "origin.git", "show", f"schema-update:{name}")


def others_push(runner: Runner, message: str, **files: str) -> None:
    """Push a commit to the branch, as a maintainer does from another clone."""
    other = runner.folder / f"other-{len(list(runner.folder.iterdir()))}"
    git(runner.folder, "clone", "--quiet", "--branch", "schema-update", "origin.git", str(other))
    commit(other, message, **files)
    git(other, "push", "--quiet", "origin", "schema-update")


FIRST, SECOND = "one\ntwo\nthree\nFOUR\n", "ONE\ntwo\nthree\nFOUR\n"


def test_the_first_update_opens_a_pull_request(runner: Runner) -> None:
    done = propose(runner, FIRST)
    assert done.returncode == 0, done.stderr
    assert pushed(runner) == ["Take over the published schema"]
    assert git(runner.folder / "origin.git", "log", "-1", "--format=%ae %ce", "schema-update") == f"{BOT} {BOT}"
    body = runner.folder / "temp" / "update" / "report.md"
    assert runner.calls()[0] == "auth setup-git"
    assert runner.calls()[-1] == (
        f"pr create --head schema-update --title Take over the published schema --body-file {body}"
    )


def test_a_later_update_replaces_its_own_commit_and_edits_the_request(runner: Runner) -> None:
    propose(runner, FIRST)
    done = propose(runner, SECOND, OPEN_PR="5")
    assert done.returncode == 0, done.stderr
    assert pushed(runner) == ["Take over the published schema"]
    assert pushed_file(runner, "schema") == SECOND.strip()
    assert runner.calls()[-1].startswith("pr edit 5 --body-file ")


def test_commits_of_others_are_put_on_top_of_a_later_update(runner: Runner) -> None:
    propose(runner, FIRST)
    others_push(runner, "Reword a description", notes="b\n")
    done = propose(runner, SECOND, OPEN_PR="5")
    assert done.returncode == 0, done.stderr
    assert pushed(runner) == ["Take over the published schema", "Reword a description"]
    assert (pushed_file(runner, "schema"), pushed_file(runner, "notes")) == (SECOND.strip(), "b")
    # They are still known as commits of others the next time.
    done = propose(runner, "ONE\nTWO\nthree\nFOUR\n", OPEN_PR="5")
    assert pushed(runner) == ["Take over the published schema", "Reword a description"]


def test_the_same_update_leaves_commits_of_others_alone(runner: Runner) -> None:
    propose(runner, FIRST)
    others_push(runner, "Change what the update wrote", schema="mine\n")
    before = git(runner.folder / "origin.git", "rev-parse", "schema-update")
    done = propose(runner, FIRST, OPEN_PR="5")
    assert done.returncode == 0, done.stderr
    assert "stays as it is" in done.stdout
    assert git(runner.folder / "origin.git", "rev-parse", "schema-update") == before


def test_commits_of_others_that_do_not_fit_stop_the_update_and_it_says_so(runner: Runner) -> None:
    propose(runner, FIRST)
    others_push(runner, "Change what the update wrote", schema="mine\n")
    before = git(runner.folder / "origin.git", "rev-parse", "schema-update")
    done = propose(runner, SECOND, OPEN_PR="5")
    assert done.returncode == 1
    assert "::error::The published schema changed again" in done.stdout
    assert git(runner.folder / "origin.git", "rev-parse", "schema-update") == before
    assert runner.calls()[-1].startswith("pr comment 5 --body The published schema changed again")


def test_a_commit_pushed_in_the_same_moment_is_not_overwritten(runner: Runner) -> None:
    propose(runner, FIRST)
    # A hook of the checkout pushes just before the step's own push.
    other = runner.folder / "other"
    git(runner.folder, "clone", "--quiet", "--branch", "schema-update", "origin.git", str(other))
    commit(other, "In the same moment", notes="c\n")
    hook = runner.checkout / ".git" / "hooks" / "pre-push"
    hook.write_text(f"#!/bin/sh\nunset GIT_DIR\ngit -C {other} push --quiet origin schema-update\n", encoding="utf-8")
    hook.chmod(0o755)
    done = propose(runner, SECOND, OPEN_PR="5")
    assert done.returncode != 0
    assert pushed(runner) == ["Take over the published schema", "In the same moment"]


# ---- release.yml -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tag", "passes"), [("v0.2.0", True), ("v0.2.1", False), ("0.2.0", True), ("v", False)])
def test_a_tag_must_name_the_version(runner: Runner, tag: str, passes: bool) -> None:
    archive = runner.checkout / "dist" / "baseten_messages_client-0.2.0.tar.gz"
    archive.parent.mkdir()
    archive.touch()
    done = runner.run("release.yml", "build", "Check that the tag names the version", TAG=tag)
    assert (done.returncode == 0) == passes


def test_the_name_of_the_archive_is_that_of_the_package() -> None:
    assert 'name = "baseten-messages-client"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
