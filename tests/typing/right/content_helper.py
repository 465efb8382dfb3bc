from baseten_messages_client import Baseten, params


def text(content: str) -> params.TextBlock:
    return {"type": "text", "text": content}


def image(url: str) -> params.ImageBlock:
    return {"type": "image", "source": {"type": "url", "url": url}}


def build(prompt: str, urls: list[str]) -> list[params.ContentBlock]:
    blocks: list[params.ContentBlock] = [image(url) for url in urls]
    blocks.append(text(prompt))
    return blocks


def ask(client: Baseten, prompt: str, urls: list[str]) -> str:
    message = client.messages.create(
        model="moonshotai/Kimi-K2.6", max_tokens=64, messages=[{"role": "user", "content": build(prompt, urls)}]
    )
    return message.text
