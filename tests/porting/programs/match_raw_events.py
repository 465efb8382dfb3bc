import json

from anthropic import Anthropic
from anthropic.types import InputJSONDelta, RawContentBlockDeltaEvent, RawContentBlockStartEvent, TextDelta

with Anthropic().messages.create(
    model="claude-opus-5-5", max_tokens=10, stream=True, messages=[{"role": "user", "content": "x"}]
) as stream:
    parts = {}
    for event in stream:
        match event:
            case RawContentBlockStartEvent(index=i, content_block=b):
                print("start", i, b.type)
                parts[i] = ""
            case RawContentBlockDeltaEvent(index=i, delta=InputJSONDelta(partial_json=p)):
                parts[i] += p
            case RawContentBlockDeltaEvent(index=i, delta=TextDelta(text=t)):
                parts[i] += t
    print(parts[0], json.loads(parts[1]))
