"""Read the text of a public surface: the facts, what an alias means, what a class inherits, who sends or receives."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .python_types import covers

# What callers pass in may change in the opposite way to what they get.
Direction = Literal["in", "out", "both"]
SAME = "the same as "


@dataclass(frozen=True)
class Fact:
    """What one line says of a name: how it is used, its type, its default if it has one, its bases if it is a class."""

    text: str
    how: str
    type: str
    default: str | None
    bases: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Fact:
        """Read the part of a line after the name: `keyword, int | None = None`."""
        if definition := re.fullmatch(r"(class|TypedDict)(?:\((.*)\))?", text):
            bases = tuple(filter(None, (definition[2] or "").split(", ")))
            return cls(text, definition[1], "", None, bases)
        how, _, rest = text.partition(", ")
        type_, equals, default = rest.partition(" = ")
        return cls(text, how, type_, default if equals else None)


@dataclass(frozen=True)
class Surface:
    """The facts by name, and which models are sent, received or both."""

    facts: dict[str, Fact]
    directions: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> Surface:
        """Read the whole text."""
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        facts = [line.partition(": ") for line in lines if ": " in line]
        directions = [line.partition(" is ") for line in lines if ": " not in line]
        return cls({name: Fact.parse(fact) for name, _, fact in facts}, {name: how for name, _, how in directions})

    @functools.cached_property
    def aliases(self) -> dict[str, str]:
        """The names that are only another name of a type, with this type."""
        types = {name: fact.type for name, fact in self.facts.items() if fact.how == "type"}
        same = {name: fact.how.removeprefix(SAME) for name, fact in self.facts.items() if fact.how.startswith(SAME)}
        return types | {name: other for name, other in same.items() if other in types}

    @functools.cached_property
    def classes(self) -> dict[str, Fact]:
        """The classes and TypedDicts."""
        return {name: fact for name, fact in self.facts.items() if fact.how in ("class", "TypedDict")}

    # ---- Inheritance ------------------------------------------------------------------------------------------------

    def owner(self, name: str) -> str:
        """Return the class that a name belongs to, or an empty text."""
        parts = [match.start() for match in re.finditer(r"[.(\[]", name)]
        return next((name[:end] for end in reversed(parts) if name[:end] in self.classes), "")

    def ancestors(self, name: str) -> Iterator[str]:
        """Yield the bases of a class and theirs: by path if the surface has them, else by name."""
        for base in self.classes[name].bases if name in self.classes else ():
            room = re.match(r"_?\w+\.", name)
            paths = [base, f"{room[0] if room else ''}{base}", *(c for c in self.classes if c.endswith(f".{base}"))]
            how = self.classes[name].how
            known = (path for path in paths if path != name and path in self.classes)
            path = next((path for path in known if self.classes[path].how == how), base)
            yield path
            yield from self.ancestors(path)

    def lookup(self, name: str) -> Fact | None:
        """Return what holds for a name: the fact of the name itself, or the one that its class inherits."""
        if name in self.facts:
            return self.facts[name]
        owner = self.owner(name)
        inherited = (self.facts.get(base + name[len(owner) :]) for base in self.ancestors(owner))
        return next(filter(None, inherited), None)

    def heirs(self, name: str) -> list[str]:
        """Return the name as each class that inherits it has it."""
        owner = self.owner(name)
        return [heir + name[len(owner) :] for heir in self.classes if owner and owner in self.ancestors(heir)]

    # ---- Directions -------------------------------------------------------------------------------------------------

    def direction(self, name: str) -> Direction:
        """Return whether callers pass in what this name types, get it, or both."""
        if name.startswith("params.") or (name.endswith(('"]', ")")) and not name.endswith("()")):
            return "in"
        if model := re.match(r"models\.\w+", name):
            said = self.directions.get(model[0], "")
            return "both" if " and " in said else "in" if said == "sent" else "out"
        if name in self.aliases:
            found: set[Direction] = {self.direction(user) for user in self.users(name)}
            return found.pop() if len(found) == 1 else "both"
        return "out"

    def users(self, alias: str) -> list[str]:
        """Return the names whose types mention an alias, directly or through another alias."""
        found: list[str] = []
        waiting, seen = [alias], {alias}
        while waiting:
            alias = waiting.pop()
            mention = re.compile(rf"\b{re.escape(alias.rpartition('.')[2])}\b")
            # The surface writes the values of some aliases in place of their names.
            meaning = f"{self.aliases[alias]} |" if alias in self.aliases else "?"
            for name, fact in self.facts.items():
                is_user = mention.search(re.sub(r"'[^']*'", "", fact.type)) or fact.type.startswith(meaning)
                if name not in seen and is_user:
                    seen.add(name)
                    (waiting if name in self.aliases else found).append(name)
        return found

    # ---- Types ------------------------------------------------------------------------------------------------------

    def expanded(self, name: str, type_: str) -> str:
        """Return the type of a name with what the aliases mean in place of the aliases."""
        room = "params." if name.startswith(("params.", "_options.")) else "models."
        try:
            return ast.unparse(_Expand(self, room, frozenset({name})).visit(ast.parse(type_, mode="eval").body))
        except SyntaxError:
            return type_

    def is_open(self, name: str) -> bool:
        """Return whether each use of an alias's type also takes any string. A use names the alias or what it means."""
        alias = re.compile(rf"\b{name.rpartition('.')[2]}\b")
        uses = [fact for fact in self.facts.values() if alias.search(fact.text) and "Literal" not in fact.text]
        meaning = f"{self.facts[name].type} |"
        uses += [fact for fact in self.facts.values() if fact.type.startswith(meaning)] if name in self.facts else []
        return bool(uses) and all(covers(use.type, "str") for use in uses)


class _Expand(ast.NodeTransformer):
    """Put what an alias means in its place. Values of a `Literal` are not names, so they stay."""

    def __init__(self, surface: Surface, room: str, seen: frozenset[str]) -> None:
        self.surface, self.room, self.seen = surface, room, seen

    def visit_Name(self, node: ast.Name) -> ast.expr:
        # `params` calls a model `TextBlockModel`, because its TypedDict has the same name.
        model, facts = f"models.{node.id.removesuffix('Model')}", self.surface.facts
        is_model = self.room == "params." and node.id.endswith("Model") and f"params.{node.id}" not in facts
        return ast.Name(model) if is_model and model in facts else self._meaning(node.id, node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        path = ast.unparse(node)
        short: ast.expr = ast.Name(node.attr) if path == f"{self.room}{node.attr}" else node
        return self._meaning(path, short)

    def _meaning(self, path: str, node: ast.expr) -> ast.expr:
        aliases = self.surface.aliases
        known = (path, f"{self.room}{path}", f"auth.{path}")
        alias = next((name for name in known if name in aliases), "")
        if not alias or alias in self.seen:
            return node
        room = next((room for room in ("params.", "models.") if alias.startswith(room)), self.room)
        inner = _Expand(self.surface, room, self.seen | {alias})
        meaning: ast.expr = inner.visit(ast.parse(aliases[alias], mode="eval").body)
        return meaning if room == self.room else _Qualify(room).visit(meaning)


class _Qualify(ast.NodeTransformer):
    """Name the room of what an alias of another room means."""

    def __init__(self, room: str) -> None:
        self.room = room

    def visit_Name(self, node: ast.Name) -> ast.expr:
        is_class = node.id[0].isupper() and node.id not in ("None", "Literal", "Sequence", "Mapping", "Any", "Callable")
        return ast.Name(f"{self.room}{node.id}") if is_class and "." not in node.id else node
