from baseten_messages_client import tool


@tool
async def fetch(url: str) -> str:
    """Fetch a page."""
    return url


async def main() -> str:
    return fetch("https://example.com").upper()  # error: the call was not awaited
