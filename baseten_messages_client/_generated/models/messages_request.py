# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..._model_methods import ModelMethods
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.hosted_tool import HostedTool
    from ..models.input_message import InputMessage
    from ..models.metadata import Metadata
    from ..models.text_block import TextBlock
    from ..models.thinking_disabled import ThinkingDisabled
    from ..models.thinking_enabled import ThinkingEnabled
    from ..models.tool_choice_any import ToolChoiceAny
    from ..models.tool_choice_auto import ToolChoiceAuto
    from ..models.tool_choice_none import ToolChoiceNone
    from ..models.tool_choice_tool import ToolChoiceTool
    from ..models.tool_definition import ToolDefinition
    from ..models.unknown_option import UnknownOption


if TYPE_CHECKING:
    from ..unions import RequestTool, ThinkingConfig, ToolChoice

T = TypeVar("T", bound="MessagesRequest")


@_attrs_define
class MessagesRequest(ModelMethods):
    """What to send to have a model produce its next turn."""

    model: str
    """ Slug of the model, such as `deepseek-ai/DeepSeek-V4-Pro`. """
    messages: list[InputMessage]
    """ The conversation so far, oldest turn first. Roles alternate and the last turn is the user's. """
    max_tokens: int
    """ Upper limit on the tokens that the model may generate for this turn. """
    system: list[TextBlock] | str | Unset = UNSET
    """ Instructions that apply to the whole conversation, as one string or as text blocks. """
    temperature: float | Unset = UNSET
    """ Randomness of the sampling; 0 is the most predictable. """
    top_p: float | Unset = UNSET
    """ Sample only from the most likely tokens whose probabilities add up to this share. """
    top_k: int | Unset = UNSET
    """ Sample only from this many of the most likely tokens. """
    stop_sequences: list[str] | Unset = UNSET
    """ Strings that end the turn when the model produces one of them. """
    tools: list[RequestTool] | Unset = UNSET
    """ Tools that the model may call in this turn. """
    tool_choice: ToolChoice | Unset = UNSET
    """ Whether the model may, must or must not call a tool. """
    metadata: Metadata | Unset = UNSET
    """ Facts about the request that do not reach the model. """
    thinking: ThinkingConfig | Unset = UNSET
    """ Whether and how much the model may reason before it answers. """
    baseten: Any | Unset = UNSET
    """ Settings of the service itself, such as those of its hosted tools. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.thinking_disabled import ThinkingDisabled  # noqa: PLC0415
        from ..models.thinking_enabled import ThinkingEnabled  # noqa: PLC0415
        from ..models.tool_choice_any import ToolChoiceAny  # noqa: PLC0415
        from ..models.tool_choice_auto import ToolChoiceAuto  # noqa: PLC0415
        from ..models.tool_choice_tool import ToolChoiceTool  # noqa: PLC0415
        from ..models.tool_definition import ToolDefinition  # noqa: PLC0415

        model = self.model

        messages = []
        for messages_item_data in self.messages:
            messages_item = messages_item_data.to_dict()
            messages.append(messages_item)

        max_tokens = self.max_tokens

        system: list[dict[str, Any]] | str | Unset
        if isinstance(self.system, Unset):
            system = UNSET
        elif isinstance(self.system, list):
            system = []
            for system_type_1_item_data in self.system:
                system_type_1_item = system_type_1_item_data.to_dict()
                system.append(system_type_1_item)

        else:
            system = self.system

        temperature = self.temperature

        top_p = self.top_p

        top_k = self.top_k

        stop_sequences: list[str] | Unset = UNSET
        if not isinstance(self.stop_sequences, Unset):
            stop_sequences = self.stop_sequences

        tools: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.tools, Unset):
            tools = []
            for tools_item_data in self.tools:
                tools_item: dict[str, Any]
                if isinstance(tools_item_data, ToolDefinition):
                    tools_item = tools_item_data.to_dict()
                else:
                    tools_item = tools_item_data.to_dict()

                tools.append(tools_item)

        tool_choice: dict[str, Any] | Unset
        if isinstance(self.tool_choice, Unset):
            tool_choice = UNSET
        elif isinstance(self.tool_choice, ToolChoiceAuto):
            tool_choice = self.tool_choice.to_dict()
        elif isinstance(self.tool_choice, ToolChoiceAny):
            tool_choice = self.tool_choice.to_dict()
        elif isinstance(self.tool_choice, ToolChoiceTool):
            tool_choice = self.tool_choice.to_dict()
        else:
            tool_choice = self.tool_choice.to_dict()

        metadata: dict[str, Any] | Unset = UNSET
        if not isinstance(self.metadata, Unset):
            metadata = self.metadata.to_dict()

        thinking: dict[str, Any] | Unset
        if isinstance(self.thinking, Unset):
            thinking = UNSET
        elif isinstance(self.thinking, ThinkingEnabled):
            thinking = self.thinking.to_dict()
        elif isinstance(self.thinking, ThinkingDisabled):
            thinking = self.thinking.to_dict()
        else:
            thinking = self.thinking.to_dict()

        baseten = self.baseten

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "model": model,
                "messages": messages,
                "max_tokens": max_tokens,
            }
        )
        if system is not UNSET:
            field_dict["system"] = system
        if temperature is not UNSET:
            field_dict["temperature"] = temperature
        if top_p is not UNSET:
            field_dict["top_p"] = top_p
        if top_k is not UNSET:
            field_dict["top_k"] = top_k
        if stop_sequences is not UNSET:
            field_dict["stop_sequences"] = stop_sequences
        if tools is not UNSET:
            field_dict["tools"] = tools
        if tool_choice is not UNSET:
            field_dict["tool_choice"] = tool_choice
        if metadata is not UNSET:
            field_dict["metadata"] = metadata
        if thinking is not UNSET:
            field_dict["thinking"] = thinking
        if baseten is not UNSET:
            field_dict["baseten"] = baseten

        return field_dict

    @classmethod
    def from_dict(cls: builtins.type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.hosted_tool import HostedTool  # noqa: PLC0415
        from ..models.input_message import InputMessage  # noqa: PLC0415
        from ..models.metadata import Metadata  # noqa: PLC0415
        from ..models.text_block import TextBlock  # noqa: PLC0415
        from ..models.thinking_disabled import ThinkingDisabled  # noqa: PLC0415
        from ..models.thinking_enabled import ThinkingEnabled  # noqa: PLC0415
        from ..models.tool_choice_any import ToolChoiceAny  # noqa: PLC0415
        from ..models.tool_choice_auto import ToolChoiceAuto  # noqa: PLC0415
        from ..models.tool_choice_none import ToolChoiceNone  # noqa: PLC0415
        from ..models.tool_choice_tool import ToolChoiceTool  # noqa: PLC0415
        from ..models.tool_definition import ToolDefinition  # noqa: PLC0415
        from ..models.unknown_option import UnknownOption  # noqa: PLC0415

        d = dict(src_dict)
        model = d.pop("model")

        messages = []
        _messages = d.pop("messages")
        for messages_item_data in _messages:
            messages_item = InputMessage.from_dict(messages_item_data)

            messages.append(messages_item)

        max_tokens = d.pop("max_tokens")

        def _parse_system(data: object) -> list[TextBlock] | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                system_type_1 = []
                _system_type_1 = data
                for system_type_1_item_data in _system_type_1:
                    system_type_1_item = TextBlock.from_dict(system_type_1_item_data)

                    system_type_1.append(system_type_1_item)

                return system_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[TextBlock] | str | Unset, data)

        system = _parse_system(d.pop("system", UNSET))

        temperature = d.pop("temperature", UNSET)

        top_p = d.pop("top_p", UNSET)

        top_k = d.pop("top_k", UNSET)

        stop_sequences = cast(list[str], d.pop("stop_sequences", UNSET))

        _tools = d.pop("tools", UNSET)
        tools: list[RequestTool] | Unset = UNSET
        if _tools is not UNSET:
            tools = []
            for tools_item_data in _tools:

                def _parse_tools_item(data: object) -> HostedTool | ToolDefinition:
                    try:
                        if not isinstance(data, dict):
                            raise TypeError()
                        componentsschemas_request_tool_type_0 = ToolDefinition.from_dict(data)

                        return componentsschemas_request_tool_type_0
                    except (TypeError, ValueError, AttributeError, KeyError):
                        pass
                    if not isinstance(data, dict):
                        raise TypeError()
                    componentsschemas_request_tool_type_1 = HostedTool.from_dict(data)

                    return componentsschemas_request_tool_type_1

                tools_item = _parse_tools_item(tools_item_data)

                tools.append(tools_item)

        def _parse_tool_choice(
            data: object,
        ) -> ToolChoiceAny | ToolChoiceAuto | ToolChoiceNone | ToolChoiceTool | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_tool_choice_type_0 = ToolChoiceAuto.from_dict(data)

                return componentsschemas_tool_choice_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_tool_choice_type_1 = ToolChoiceAny.from_dict(data)

                return componentsschemas_tool_choice_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_tool_choice_type_2 = ToolChoiceTool.from_dict(data)

                return componentsschemas_tool_choice_type_2
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_tool_choice_type_3 = ToolChoiceNone.from_dict(data)

            return componentsschemas_tool_choice_type_3

        tool_choice = _parse_tool_choice(d.pop("tool_choice", UNSET))

        _metadata = d.pop("metadata", UNSET)
        metadata: Metadata | Unset
        if isinstance(_metadata, Unset):
            metadata = UNSET
        else:
            metadata = Metadata.from_dict(_metadata)

        def _parse_thinking(data: object) -> ThinkingDisabled | ThinkingEnabled | UnknownOption | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_thinking_config_type_0 = ThinkingEnabled.from_dict(data)

                return componentsschemas_thinking_config_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                componentsschemas_thinking_config_type_1 = ThinkingDisabled.from_dict(data)

                return componentsschemas_thinking_config_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            componentsschemas_thinking_config_type_2 = UnknownOption.from_dict(data)

            return componentsschemas_thinking_config_type_2

        thinking = _parse_thinking(d.pop("thinking", UNSET))

        baseten = d.pop("baseten", UNSET)

        messages_request = cls(
            model=model,
            messages=messages,
            max_tokens=max_tokens,
            system=system,
            temperature=temperature,
            top_p=top_p,
            top_k=top_k,
            stop_sequences=stop_sequences,
            tools=tools,
            tool_choice=tool_choice,
            metadata=metadata,
            thinking=thinking,
            baseten=baseten,
        )

        return messages_request
