"""Tools: Python functions that a model may call.

- `decorator`: `@tool` and `Tool`.
- `schema`: the JSON Schema of a function's parameters.
- `convert`: a model's arguments as Python values.
- `results`: tool result blocks.
- `calls`: making the calls of one turn, in threads or tasks.
- `loop`: the conversation of a tool runner, without I/O.
- `runner`: `ToolRunner` and `AsyncToolRunner`, which send requests and make calls as the loop says.
- `output`: typed output for `messages.parse`.
"""
