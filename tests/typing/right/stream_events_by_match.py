from baseten_messages_client import Baseten
from baseten_messages_client.models import ContentBlockDeltaEvent, TextDelta, ThinkingDelta


def show(client: Baseten) -> None:
    with client.messages.stream(
        model="zai-org/GLM-5.2",
        max_tokens=1024,
        messages=[{"role": "user", "content": "Is 91 prime?"}],
        thinking={"type": "enabled"},
    ) as stream:
        for event in stream:
            match event:
                case ContentBlockDeltaEvent(delta=ThinkingDelta(thinking=thought)):
                    print("(thinks)", thought.strip())
                case ContentBlockDeltaEvent(delta=TextDelta(text=text)):
                    print(text.strip(), end="")
                case _:
                    pass
