from baseten_messages_client import models


def text_of(block: models.ContentBlock) -> str:
    match block:
        case models.TextBlock(text=text):
            return text
        case models.ThinkingBlock():
            return block.text  # error: the field is named thinking
        case _:
            return ""
