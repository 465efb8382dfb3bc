from baseten_messages_client import Baseten, BasetenError, params


def main() -> None:
    history: list[params.InputMessage] = []
    with Baseten() as client:
        while True:
            question = input("> ").strip()
            if question in ("", "exit"):
                break
            history.append({"role": "user", "content": question})
            try:
                with client.messages.stream(
                    model="zai-org/GLM-5.2", max_tokens=1024, system="Be kind.", messages=history
                ) as stream:
                    for text in stream.text_stream:
                        print(text, end="", flush=True)
                    reply = stream.get_final_message()
            except BasetenError as error:
                print(f"\n{type(error).__name__}: {error}")
                history.pop()
                continue
            print(f"\n[{reply.usage.output_tokens} tokens]")
            history.append(reply.to_param())


if __name__ == "__main__":
    main()
