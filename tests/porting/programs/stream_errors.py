import anthropic

client = anthropic.Anthropic(max_retries=0)


def tell(prompt):
    text = ""
    try:
        with client.messages.stream(
            model="claude-opus-5-5", max_tokens=500, messages=[{"role": "user", "content": prompt}]
        ) as stream:
            for piece in stream.text_stream:
                text += piece
        return text
    except anthropic.RateLimitError as e:
        return f"limited: {e.status_code}"
    except anthropic.APIStatusError as e:
        return f"{text}… ({e.body['error']['type']})"
    except anthropic.APIConnectionError:
        return f"{text}… (connection)"


for prompt in ("limited", "breaks", "works"):
    print(tell(prompt))
