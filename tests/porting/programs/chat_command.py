from anthropic import Anthropic, APIError
from anthropic.types import MessageParam

TYPED = iter(["hello", "/reset", "", "how are you?", "/quit"])


def read() -> str:
    line = next(TYPED)
    print(f"> {line}")
    return line


def main() -> None:
    client = Anthropic(max_retries=0)
    history: list[MessageParam] = []
    while True:
        line = read().strip()
        if line == "/quit":
            break
        if line == "/reset":
            history.clear()
            continue
        if not line:
            continue
        history.append({"role": "user", "content": line})
        try:
            with client.messages.stream(model="claude-opus-5-5", max_tokens=512, messages=history) as stream:
                for text in stream.text_stream:
                    print(text, end="")
                print()
                history.append({"role": "assistant", "content": stream.get_final_message().content})
        except APIError as e:
            print(f"error: {e.message}" if not e.message else "error")
            history.pop()
    print(len(history), "turns kept")


if __name__ == "__main__":
    main()
