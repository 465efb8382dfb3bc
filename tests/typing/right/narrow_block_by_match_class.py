from baseten_messages_client import Message, models


def print_blocks(message: Message) -> None:
    for block in message.content:
        match block:
            case models.TextBlock(text=text):
                print(text.upper())
            case models.ToolUseBlock(name=name, input=arguments):
                print(name.upper(), arguments)
            case models.ThinkingBlock(thinking=thought):
                print(thought.upper())
            case _:
                print(block.type)
