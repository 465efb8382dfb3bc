from baseten_messages_client import Baseten


def run(client: Baseten) -> None:
    runner = client.messages.tool_runner(  # error: the tools are missing
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
    print(runner)
