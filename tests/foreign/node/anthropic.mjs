// Makes one call with the official SDK. The call comes as JSON on the standard input, and what the caller saw goes as
// JSON to the standard output.

import { text } from "node:stream/consumers";

import Anthropic from "@anthropic-ai/sdk";
import { betaTool } from "@anthropic-ai/sdk/helpers/beta/json-schema";

const { action, options, fields } = JSON.parse(await text(process.stdin));
const client = new Anthropic({ maxRetries: 0, ...options });
const seen = { events: [] };

const weather = betaTool({
  name: "get_weather",
  description: "Look up the weather of a city.",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  run: ({ city }) => `18 degrees in ${city}`,
});

const actions = {
  async create() {
    seen.message = await client.messages.create(fields);
  },
  async rawEvents() {
    for await (const event of await client.messages.create({ ...fields, stream: true })) {
      seen.events.push(event);
    }
  },
  async stream() {
    const stream = client.messages.stream(fields);
    for await (const event of stream) {
      seen.events.push(event);
    }
    seen.message = await stream.finalMessage();
  },
  async runTools() {
    seen.message = await client.beta.messages.toolRunner({ ...fields, tools: [weather] }).runUntilDone();
  },
};

try {
  await actions[action]();
} catch (error) {
  const { status, type, message } = error;
  seen.error = { name: error.constructor.name, status, type, message, body: error.error };
}
console.log(JSON.stringify(seen));
