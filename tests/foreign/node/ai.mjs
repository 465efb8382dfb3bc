// Streams one text with the AI SDK, which runs a tool on the way. The job comes as JSON on the standard input, and what
// the caller saw goes as JSON to the standard output.

import { text } from "node:stream/consumers";

import { createAnthropic } from "@ai-sdk/anthropic";
import { jsonSchema, stepCountIs, streamText, tool } from "ai";

const { options, model, prompt } = JSON.parse(await text(process.stdin));
const seen = { parts: [], text: "" };

const get_weather = tool({
  description: "Look up the weather of a city.",
  inputSchema: jsonSchema({ type: "object", properties: { city: { type: "string" } }, required: ["city"] }),
  execute: async ({ city }) => `18 degrees in ${city}`,
});

try {
  const result = streamText({
    model: createAnthropic(options)(model),
    tools: { get_weather },
    stopWhen: stepCountIs(3),
    maxOutputTokens: 64,
    maxRetries: 0,
    prompt,
    onError: () => {},
  });
  for await (const part of result.fullStream) {
    seen.parts.push(part.type);
    if (part.type === "error") {
      throw part.error;
    }
  }
  seen.text = await result.text;
  seen.calls = (await result.steps).flatMap((step) => step.toolCalls.map(({ toolName, input }) => [toolName, input]));
  seen.finishReason = await result.finishReason;
} catch (error) {
  seen.error = { name: error.name, status: error.statusCode, message: error.message };
}
console.log(JSON.stringify(seen));
