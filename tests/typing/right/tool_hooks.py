from baseten_messages_client import AfterTool, Baseten, BeforeTool, StopRunner, models, tool


@tool
def delete(path: str) -> str:
    """Delete a file."""
    return f"deleted {path}"


def approve(call: models.ToolUseBlock) -> str | None:
    if call.name == "delete" and input(f"Delete {call.input['path']}? ") != "y":
        return "The user does not allow this."
    return None


def log(call: models.ToolUseBlock, result: models.ToolResultBlock) -> None:
    if result.is_error:
        raise StopRunner
    print(call.name, result.content)


before: BeforeTool = approve
after: AfterTool = log


def run(client: Baseten) -> str:
    runner = client.messages.tool_runner(
        tools=[delete],
        before_tool=before,
        after_tool=after,
        max_turns=5,
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Clean up."}],
    )
    return runner.until_done().text
