from contextlib import ExitStack

from anthropic import Anthropic

client = Anthropic()
manager = client.messages.stream(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
stream = manager.__enter__()
print(next(iter(stream)).type)
print(stream.get_final_text())
manager.__exit__(None, None, None)
with ExitStack() as stack:
    s = stack.enter_context(
        client.messages.stream(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
    )
    print(
        "".join(s.text_stream),
        s.current_message_snapshot.stop_reason,
        s.response.status_code,
        s.response.headers["content-type"].split(";")[0],
    )
