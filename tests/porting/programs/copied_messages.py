import copy
import pickle

import anthropic

client = anthropic.Anthropic()
message = client.messages.create(
    model="claude-opus-5-5", max_tokens=100, messages=[{"role": "user", "content": "Name a wind."}]
)

draft = copy.deepcopy(message)
draft.content[0].text = "Sirocco."
restored = pickle.loads(pickle.dumps(message))
changed = message.model_copy(update={"stop_reason": "max_tokens"})

print(message.content[0].text, draft.content[0].text, restored.content[0].text)
print(restored == message, draft == message)
print(message.stop_reason, changed.stop_reason, changed.content == message.content)
