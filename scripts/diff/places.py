"""Write places of a schema for readers: `components/schemas/A/properties/b/minimum` as `A.b minimum`."""

from __future__ import annotations

from schema.document import place_of

COMBINATORS = ("anyOf", "oneOf", "allOf")


def readable(place: list[str]) -> str:
    """Return a place as a short name. The members of a union have the name of the union."""
    if place[:1] == ["paths"] and len(place) > 2 and place[2] not in ("parameters", "servers"):
        inner = [part for part in place[3:] if part not in ("responses", "content")]
        return " ".join([f"{place[2].upper()} {place[1]}", *inner])
    if place[:2] != ["components", "schemas"] or len(place) < 3:
        return " ".join(place)
    name, rest = place[2], place[3:]
    while rest:
        if rest[0] == "properties" and len(rest) > 1:
            name, rest = f"{name}.{rest[1]}", rest[2:]
        elif rest[0] in COMBINATORS and len(rest) > 1:
            rest = rest[2:]
        elif rest[0] == "items":
            name, rest = f"{name}[]", rest[1:]
        else:
            break
    return " ".join([name, *rest])


def field_of(pointer: str) -> tuple[str, str] | None:
    """Return the schema and the field that a pointer leads into; the field is empty for the schema itself."""
    place = place_of(pointer)
    if place[:2] != ["components", "schemas"] or len(place) < 3:
        return None
    return (place[2], place[4]) if place[3:4] == ["properties"] and len(place) > 4 else (place[2], "")
