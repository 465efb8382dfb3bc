from baseten_messages_client import StreamEvent, models


def describe(event: StreamEvent) -> str:
    match event:
        case models.ContentBlockStartEvent(content_block=models.ToolUseBlock(name=name)):
            return f"calls {name.upper()}"
        case models.ContentBlockDeltaEvent(delta=models.InputJsonDelta(partial_json=part)):
            return part.strip()
        case models.ContentBlockDeltaEvent(index=index, delta=models.TextDelta(text=text)) if index == 0:
            return text.strip()
        case models.MessageDeltaEvent(usage=models.Usage(output_tokens=count)):
            return str(count + 1)
        case models.MessageStopEvent() | models.PingEvent():
            return ""
        case _:
            return event.type
