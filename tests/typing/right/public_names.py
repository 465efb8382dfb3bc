import baseten_messages_client
from baseten_messages_client import (
    AfterTool,
    AnyTool,
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AsyncBaseten,
    AsyncMessageStream,
    AsyncToolRunner,
    Baseten,
    BasetenError,
    BaseTool,
    BeforeTool,
    CreateParams,
    MaxTurnsError,
    Message,
    MessageStream,
    ParsedMessage,
    ParseParams,
    StopRunner,
    StreamEvent,
    StreamParams,
    Timeout,
    Tool,
    ToolInputError,
    ToolRunner,
    ToolRunnerParams,
    auth,
    errors,
    models,
    params,
    testing,
    tool,
    tool_result,
)

print(baseten_messages_client.__version__, auth.BasetenAuth, errors.RateLimitError, models.TextBlock)
print(AsyncBaseten, AsyncMessageStream, AsyncToolRunner, Baseten, Message, MessageStream, ParsedMessage, ToolRunner)
print(AfterTool, AnyTool, BaseTool, BeforeTool, StopRunner, StreamEvent, Timeout, Tool, tool, tool_result)
print(APIConnectionError, APIResponseError, APIStatusError, BasetenError, MaxTurnsError, ToolInputError)
print(CreateParams, ParseParams, StreamParams, ToolRunnerParams, params.InputMessage, testing.LocalServer)
