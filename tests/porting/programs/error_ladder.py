import anthropic

client = anthropic.Anthropic(max_retries=0)


def ask(prompt):
    try:
        message = client.messages.create(
            model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": prompt}]
        )
        return message.content[0].text
    except anthropic.RateLimitError:
        return "slow down"
    except anthropic.AuthenticationError:
        return "check your key"
    except anthropic.BadRequestError as e:
        return f"bad request ({e.status_code})"
    except anthropic.APIStatusError as e:
        return f"status {e.status_code}: {type(e).__name__}"
    except anthropic.APIConnectionError as e:
        return f"no connection ({e.__cause__ is not None})"
    except anthropic.APIError as e:
        return f"some error: {e.message}"


for prompt in ["one", "two", "three", "four", "five", "six", "seven"]:
    print(prompt, "->", ask(prompt))
