from anthropic import Anthropic
from anthropic.types import (
    InputJSONDelta,
    RawContentBlockDeltaEvent,
    RawContentBlockStartEvent,
    RawMessageDeltaEvent,
    RawMessageStreamEvent,
    TextDelta,
    ToolUseBlock,
)

client = Anthropic()


class Printer:
    def __init__(self) -> None:
        self.json = ""

    def handle(self, event: RawMessageStreamEvent) -> None:
        if isinstance(event, RawContentBlockStartEvent) and isinstance(event.content_block, ToolUseBlock):
            print("tool", event.content_block.name)
        elif isinstance(event, RawContentBlockDeltaEvent):
            if isinstance(event.delta, TextDelta):
                print("text", event.delta.text)
            elif isinstance(event.delta, InputJSONDelta):
                self.json += event.delta.partial_json
        elif isinstance(event, RawMessageDeltaEvent):
            print("end", event.delta.stop_reason, self.json)


printer = Printer()
for event in client.messages.create(
    model="claude-opus-5-5",
    max_tokens=100,
    stream=True,
    tools=[{"name": "ring", "description": "Ring a bell.", "input_schema": {"type": "object"}}],
    messages=[{"role": "user", "content": "Ring twice"}],
):
    printer.handle(event)
