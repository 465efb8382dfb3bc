from baseten_messages_client import models

block = models.TextBlock(type="text", text=42)  # error: the text must be a string
