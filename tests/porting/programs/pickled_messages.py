import copy
import json
import pickle

from anthropic import Anthropic

m = Anthropic().messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
d = copy.deepcopy(m)
print(d == m, d is m, copy.copy(m) == m)
print(pickle.loads(pickle.dumps(m)) == m)
print(
    json.loads(json.dumps(m.to_dict()))["content"][0]["text"],
    json.loads(m.to_json())["role"],
    json.loads(m.to_json(indent=None))["type"],
)
d.content[0].text = "changed"
print(m.content[0].text, d.content[0].text)
