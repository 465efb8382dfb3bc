from baseten_messages_client import BeforeTool


def announce(name: str) -> None:
    print(name)


before: BeforeTool = announce  # error: the hook gets the call
