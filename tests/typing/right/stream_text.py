from baseten_messages_client import Baseten, Message


def answer(client: Baseten, question: str) -> Message:
    with client.messages.stream(
        model="deepseek-ai/DeepSeek-V4-Pro",
        max_tokens=1024,
        messages=[{"role": "user", "content": question}],
    ) as stream:
        for text in stream.text_stream:
            print(text, end="", flush=True)
        print(stream.request_id, stream.response.status_code)
        return stream.get_final_message()
