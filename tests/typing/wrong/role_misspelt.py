from baseten_messages_client import params

history: list[params.InputMessage] = []
history.append({"role": "user", "content": "Hi"})
history.append({"role": "assistent", "content": "Hello!"})  # error: misspelt role
