import io
import unittest
from unittest.mock import AsyncMock, MagicMock, patch

import anthropic
import httpx2
from anthropic.types import Message, TextBlock, Usage


def greet(client: anthropic.Anthropic, name: str) -> str:
    try:
        message = client.messages.create(
            model="claude-opus-5-5", max_tokens=20, messages=[{"role": "user", "content": f"Greet {name}"}]
        )
    except anthropic.RateLimitError:
        return "Later."
    return message.content[0].text


def fake(text: str) -> Message:
    return Message(
        id="msg_fake",
        type="message",
        role="assistant",
        model="fake",
        content=[TextBlock(type="text", text=text)],
        stop_reason="end_turn",
        stop_sequence=None,
        usage=Usage(input_tokens=1, output_tokens=2),
    )


class GreetTest(unittest.TestCase):
    def test_returns_the_text(self):
        client = MagicMock(spec=anthropic.Anthropic)
        client.messages.create.return_value = fake("Hello, Ida!")
        self.assertEqual(greet(client, "Ida"), "Hello, Ida!")
        self.assertEqual(client.messages.create.call_args.kwargs["max_tokens"], 20)

    def test_handles_the_limit(self):
        response = httpx2.Response(429, request=httpx2.Request("POST", "https://example.test"))
        client = anthropic.Anthropic(api_key="fake")
        error = anthropic.RateLimitError("slow", response=response, body=None)
        with patch.object(client.messages, "create", side_effect=[error, fake("Hi")]):
            self.assertEqual(greet(client, "Ida"), "Later.")
            self.assertEqual(greet(client, "Ida"), "Hi")

    def test_async_mock(self):
        client = AsyncMock(spec=anthropic.AsyncAnthropic)
        client.messages.create.return_value = fake("Hello")
        self.assertEqual(client.messages.create.return_value.usage.output_tokens, 2)


suite = unittest.defaultTestLoader.loadTestsFromTestCase(GreetTest)
result = unittest.TextTestRunner(stream=io.StringIO()).run(suite)
for _, trace in result.errors + result.failures:
    print(trace)
print(result.testsRun, result.wasSuccessful())
