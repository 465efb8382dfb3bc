import json

from baseten_messages_client import Message, models


def save(message: Message) -> str:
    return json.dumps(message.to_dict())


def load(text: str) -> Message:
    return Message.from_dict(json.loads(text))


def cost_note(message: Message) -> str:
    return str(message.additional_properties.get("baseten", {}))


def summarize(response: models.MessagesResponse) -> str:
    return f"{response.id}: {len(response.content)} blocks"


print(summarize(load("{}")))
