from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple, assert_type

import msgspec

from baseten_messages_client import Baseten, params


class Point(NamedTuple):
    x: int
    y: int


class Order(msgspec.Struct):
    item: str


@dataclass
class Customer:
    name: str


def check(client: Baseten, fields: params.ParseRequest) -> None:
    parse = client.messages.parse
    assert_type(parse(output_type=Point, **fields).output, Point)
    assert_type(parse(output_type=Order, **fields).output, Order)
    assert_type(parse(output_type=bool, **fields).output, bool)
    assert_type(parse(output_type=dict[str, float], **fields).output, dict[str, float])
    assert_type(parse(output_type=tuple[int, str], **fields).output, tuple[int, str])
    assert_type(parse(output_type=Customer | None, **fields).output, Customer | None)
    assert_type(parse(output_type=Customer | Order, **fields).output, Customer | Order)
    assert_type(parse(output_type=list[Customer | None], **fields).output, list[Customer | None])
    assert_type(parse(output_type=Literal["a", "b"], **fields).output, Literal["a", "b"])
    assert_type(parse(output_type=Annotated[int, msgspec.Meta(ge=0)], **fields).output, int)
