"""`@tool` and `Tool`: a Python function together with its description for a model.

The schema of the parameters is made in `schema`. The arguments are checked in `convert`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from copy import deepcopy
from functools import partial
from typing import Any, Concatenate, Generic, ParamSpec, Self, TypeVar, cast, overload

from .. import params
from .._checks import check_seconds
from .._wire import json as wire_json
from ..errors import ToolInputError
from .convert import convert_arguments
from .schema import Parameter, read_signature

__all__ = ["BaseTool", "StopRunner", "Tool", "tool"]

P = ParamSpec("P")
Q = ParamSpec("Q")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
S = TypeVar("S")
C = TypeVar("C")

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,128}\Z")


class StopRunner(Exception):
    """Raise this in a tool or a hook to end the tool runner after the current turn, without an error.

    The history stays complete: every call gets a result. For a call that was not made, the result says so.
    """


class BaseTool:
    """A tool with any parameters and any return type. Use it to annotate lists of different tools.

    Attributes:
        name: Name of the tool.
        description: When and how to use the tool, for the model.
        input_schema: JSON Schema of the arguments.
        function: The function that is called.
        timeout: Seconds that a tool runner gives one call; None for no limit.
    """

    name: str
    description: str
    input_schema: dict[str, Any]
    function: Callable[..., Any]
    timeout: float | None
    _parameters: dict[str, Parameter] | None
    _unbound: bool

    @property
    def definition(self) -> params.ToolDefinition:
        """The tool as an item of the request's `tools` (schema `ToolDefinition`)."""
        definition: dict[str, Any] = {"name": self.name, "input_schema": self.input_schema}
        if self.description:
            definition["description"] = self.description
        return cast("params.ToolDefinition", definition)

    def to_dict(self) -> dict[str, Any]:
        """Return the definition. `messages.create(tools=[...])` sends it for this tool."""
        return cast("dict[str, Any]", self.definition)

    @property
    def is_async(self) -> bool:
        """Whether the function is a coroutine function."""
        function = self.function.func if isinstance(self.function, partial) else self.function
        return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(type(function).__call__)

    def bind_arguments(self, arguments: Any) -> Callable[[], Any]:
        """Check a model's arguments and return a function that makes the call.

        Args:
            arguments: The `input` of a tool use block.

        Returns:
            The tool's function with its arguments. It takes no further arguments.

        Raises:
            ToolInputError: The arguments do not fit. The error's text tells the model what to correct.
        """
        if not isinstance(arguments, dict):
            given = arguments if isinstance(arguments, str) else repr(arguments)
            raise ToolInputError(
                f"The arguments of {self.name} are not a JSON object: {given[:200]!r}. "
                "Call the tool again with a JSON object.",
                tool_name=self.name,
                raw_input=arguments,
            )
        arguments = deepcopy(arguments)  # A tool that changes its arguments must not change the model's turn.
        if self._parameters is None:
            return partial(self.function, **arguments)
        values, problems = convert_arguments(self._parameters, arguments)
        if problems:
            raise ToolInputError(
                f"The arguments of {self.name} do not fit:\n{problems}\nCorrect all of them and call the tool again.",
                tool_name=self.name,
                raw_input=arguments,
            )
        bound = inspect.signature(self.function).bind_partial()
        bound.arguments.update(values)
        return partial(self.function, *bound.args, **bound.kwargs)

    def __repr__(self) -> str:
        return f"Tool({self.name!r})"


class Tool(BaseTool, Generic[P, R_co]):
    """A function together with what a model needs to know about it.

    `@tool` and `tool(function)` infer everything from the function's signature. The constructor infers nothing: the
    schema is sent unchanged, and the function gets the model's arguments as keywords, unchecked.

    Source: schema `ToolDefinition`.

    Args:
        name: Name of the tool: 1 to 128 letters, digits, `_` and `-`.
        description: When and how to use the tool, for the model. An empty description is not sent.
        input_schema: JSON Schema of the arguments. Its `type` must be "object".
        function: The function to call, sync or async.
        timeout: Seconds that a tool runner gives one call; None for no limit.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: The name or the timeout has an impossible value.

    Example:
        >>> echo = Tool(
        ...     name="echo",
        ...     description="Say it again.",
        ...     input_schema={"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
        ...     function=lambda text: text,
        ... )
        >>> echo.definition["name"]
        'echo'
        >>> echo(text="Hi!")
        'Hi!'
    """

    input_schema: dict[str, Any]
    timeout: float | None

    def __init__(
        self,
        *,
        name: str,
        description: str = "",
        input_schema: dict[str, Any],
        function: Callable[P, R_co],
        timeout: float | None = None,
    ) -> None:
        if not isinstance(name, str) or not _NAME.match(name):
            raise ValueError(
                f"the tool's name must be 1 to 128 letters, digits, _ or -, not {name!r}: set it with name="
            )
        if not isinstance(description, str):
            raise TypeError(f"tool {name}: description must be a string, not {type(description).__name__}")
        if not isinstance(input_schema, dict) or input_schema.get("type") != "object":
            raise TypeError(f'tool {name}: input_schema must be a JSON Schema of type "object"')
        if not callable(function):
            raise TypeError(f"tool {name}: function must be callable, not {type(function).__name__}")
        self.name = name
        self.description = description
        self.input_schema = cast("dict[str, Any]", wire_json.to_jsonable(input_schema, "input_schema"))
        self.function: Callable[P, R_co] = function
        self.timeout = check_seconds("timeout", timeout)
        self._parameters: dict[str, Parameter] | None = None
        self._unbound = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Call the function directly. The arguments are not checked."""
        return self.function(*args, **kwargs)

    # The first two are for `@classmethod` above `@tool`, the others for methods and for functions in a class.
    @overload
    def __get__(self: Callable[Concatenate[type[C], Q], R_co], instance: None, owner: type[C]) -> Tool[Q, R_co]: ...  # type: ignore[misc]
    @overload
    def __get__(self, instance: None, owner: type | None = None) -> Self: ...
    @overload
    def __get__(  # type: ignore[misc]
        self: Callable[Concatenate[type[C], Q], R_co], instance: C, owner: type | None = None
    ) -> Tool[Q, R_co]: ...
    @overload
    def __get__(self: Callable[Concatenate[S, Q], R_co], instance: S, owner: type | None = None) -> Tool[Q, R_co]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> Tool[P, R_co]: ...
    def __get__(self, instance: object, owner: type | None = None) -> Tool[..., R_co]:
        """Bind a tool that was made from a method to its object."""
        if instance is None or not self._unbound:
            return self
        bound: Tool[..., R_co] = object.__new__(type(self))
        vars(bound).update(
            vars(self), function=partial(cast("Callable[..., R_co]", self.function), instance), _unbound=False
        )
        return bound


@overload
def tool(function: Callable[P, R], /) -> Tool[P, R]: ...
@overload
def tool(
    function: Callable[P, R],
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    timeout: float | None = None,
) -> Tool[P, R]: ...
@overload
def tool(
    *, name: str | None = None, description: str | None = None, timeout: float | None = None
) -> Callable[[Callable[P, R]], Tool[P, R]]: ...
def tool(
    function: Callable[..., Any] | None = None,
    /,
    *,
    name: str | None = None,
    description: str | None = None,
    timeout: float | None = None,
) -> Any:
    """Turn a function into a tool. Use it as a decorator, with or without arguments, or call it.

    The schema comes from the signature. Every parameter needs a type hint that msgspec can describe, or a pydantic
    model. Descriptions of parameters come from the docstring (Google, NumPy or reST style) or from
    `Annotated[int, msgspec.Meta(description=…)]`. Methods, async functions and `functools.partial` work. The model
    does not see the arguments that a partial has set.

    Args:
        function: The function.
        name: Name of the tool. The default is the function's name.
        description: When and how to use the tool, for the model. The default is the docstring without its sections.
        timeout: Seconds that a tool runner gives one call; None for no limit.

    Returns:
        The tool. Without `function`, a decorator that makes the tool.

    Raises:
        TypeError: `function` cannot be a tool, or a parameter cannot be described (`*args`, no hint, an unsupported
            type). The error's text names it.
        ValueError: The service does not accept the name, as with a lambda, or the timeout is not more than 0.

    Example:
        >>> @tool
        ... def add(a: int, b: int = 1) -> int:
        ...     '''Add two numbers.'''
        ...     return a + b
        >>> add.input_schema["required"]
        ['a']
        >>> add(2)
        3
    """
    if function is None:
        return partial(tool, name=name, description=description, timeout=timeout)
    if isinstance(function, (classmethod, Tool)) or inspect.isclass(function) or not callable(function):
        given = "class" if inspect.isclass(function) else type(function).__name__
        hint = ": put @classmethod above @tool" if given == "classmethod" else ""
        raise TypeError(f"@tool needs a function, not a {given}{hint}")
    inner_function = function.func if isinstance(function, partial) else function
    if inspect.isgeneratorfunction(inner_function) or inspect.isasyncgenfunction(inner_function):
        raise TypeError(f"@tool needs a function that returns a value, but {inner_function.__name__} is a generator")
    tool_name = name if name is not None else getattr(inner_function, "__name__", type(inner_function).__name__)
    unbound = _is_unbound_method(function)
    signature = read_signature(function, name=tool_name, skip_first=unbound)
    made: Tool[..., Any] = Tool(
        name=tool_name,
        description=signature.description if description is None else description,
        input_schema=signature.input_schema,
        function=function,
        timeout=timeout,
    )
    made._parameters = signature.parameters
    made._unbound = unbound
    return made


def _is_unbound_method(function: Callable[..., Any]) -> bool:
    """Return whether this is a function in a class body, so that its first parameter is not bound yet."""
    if not inspect.isfunction(function) or "." not in function.__qualname__.rpartition("<locals>.")[2]:
        return False
    first = next(iter(inspect.signature(function).parameters), None)
    return first in ("self", "cls")
