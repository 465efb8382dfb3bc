import anthropic
from anthropic.types.beta import BetaMessage, BetaMessageParam, BetaTextBlock

client = anthropic.Anthropic()

history: list[BetaMessageParam] = [{"role": "user", "content": "Which flag means man overboard?"}]
message: BetaMessage = client.beta.messages.create(
    model="claude-opus-5-5", max_tokens=64, messages=history, betas=["context-1m-2025-08-07"]
)
print([block.text for block in message.content if isinstance(block, BetaTextBlock)])

history += [{"role": "assistant", "content": message.content}, {"role": "user", "content": "Its colors?"}]
with client.beta.messages.stream(model="claude-opus-5-5", max_tokens=64, messages=history) as stream:
    print("".join(stream.text_stream))
