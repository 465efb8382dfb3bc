from baseten_messages_client import params

block = params.TextBlock(type="text", txt="Hi")  # error: the key is text
