from baseten_messages_client import models


def texts(blocks: list[object]) -> list[object]:
    return [block for block in blocks if isinstance(block, models.TextBlok)]  # error: misspelt model
