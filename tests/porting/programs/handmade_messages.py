from anthropic.types import Message, TextBlock, Usage


def fake(text):
    return Message(
        id="msg_1",
        type="message",
        role="assistant",
        model="claude-opus-5-5",
        content=[TextBlock(type="text", text=text)],
        stop_reason="end_turn",
        stop_sequence=None,
        usage=Usage(input_tokens=3, output_tokens=4),
    )


m = fake("hi")
print(m.content[0].text, m.usage.input_tokens + m.usage.output_tokens, m.stop_reason, m.stop_sequence)
print(m.model_copy(update={"model": "other"}).model, bool(m.model))
print(Message.model_validate(m.model_dump()).content[0].text, Message.model_validate_json(m.model_dump_json()).id)
print(m == fake("hi"), m == fake("ho"))
