from baseten_messages_client import Baseten

client = Baseten()
message = client.messages.create(
    model="deepseek-ai/DeepSeek-V4-Pro",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Hello!"}],
)
print(message.text)
print(message.id, message.model, message.role, message.request_id)
