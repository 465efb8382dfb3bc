"""Two public surfaces compared: what callers pass in may widen, what they get may narrow."""

from __future__ import annotations

import pytest

from diff import surface_diff
from diff.changes import verdict

SURFACE = """\
Client.send(): function, str
Client.send(text): any, str
Client.send(retries): keyword, int = 2
models.Answer is received
models.Answer.text: field, str
models.Answer.parts: field, list[TextPart | UnknownPart]
models.Answer.reason: field, Reason | None | str
models.Answer: class()
models.Answer.body: field, list[Block]
models.Block is received
models.Block: type, models.TextPart | models.UnknownPart
models.Kind is sent
models.Kind: type, Literal['a', 'b']
models.Reason is received
models.Reason: type, Literal['end', 'limit']
models.Known is received
models.Known: type, Literal['x', 'y']
models.Open is received
models.Open: type, Literal['x', 'y'] | str
models.Closed is received
models.Closed: type, Literal['x', 'z']
models.Role is sent
models.Role: type, Literal['user', 'assistant']
models.Question.role: field, Role
models.Shared is sent and received
models.Shared.value: field, int | Unset = UNSET
models.Shared: class()
models.Question is sent
models.Question.kind: field, Kind
models.Question: class()
Accepted: type, str | bytes
Client.load(source): any, Accepted
Client.load(): function, None
Scheme: type, Literal['a', 'b']
Stream.close(): function, None
Stream.close(force): keyword, bool = False
Stream: class()
BaseError: class(Exception)
LimitError: class(BaseError)
Client(scheme): keyword, Scheme = 'a'
_options.Common: TypedDict()
_options.Common["pause"]: optional, int
_options.Create: TypedDict(params.Question, _options.Common)
messages.create(**fields): any, Unpack[Create]
params.Question: TypedDict
params.Question["text"]: required, str
params.Question["limit"]: optional, int
params.AnyQuestion: type, Question | models.Question
params.Question["part"]: optional, Sequence[AnyQuestion]
"""


# fmt: off
JUDGED = [
    # What callers pass in may widen.
    ("Client.send(text): any, str", "Client.send(text): any, str | bytes", False),
    ("Client.send(text): any, str", "Client.send(text): any, bytes", True),
    ("Client.send(text): any, str", "Client.send(text): any, str = ''", False),
    ("Client.send(text): any, str", "Client.send(text): keyword, str", True),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): any, int = 2", False),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): keyword, int = 3", False),
    ("Client.send(retries): keyword, int = 2", "Client.send(retries): keyword, int", True),
    ("Client.send(retries): keyword, int = 2", "", True),
    ("", "Client.send(pause): keyword, int = 2", False),
    ("", "Client.send(pause): keyword, int", True),
    ("", "Client.send(**options): any, Any", False),
    ("", "Client.receive(pause): keyword, int\nClient.receive(): function, str", False),
    ('params.Question["text"]: required, str', 'params.Question["text"]: optional, str', False),
    ('params.Question["text"]: required, str', 'params.Question["text"]: required, str | None', False),
    ('params.Question["limit"]: optional, int', 'params.Question["limit"]: required, int', True),
    ('params.Question["limit"]: optional, int', 'params.Question["limit"]: optional, str', True),
    ('params.Question["limit"]: optional, int', "", True),
    ("", 'params.Question["more"]: optional, str', False),
    ("", 'params.Question["more"]: required, str', True),
    ("", 'params.New: TypedDict\nparams.New["more"]: required, str', False),
    ("models.Kind: type, Literal['a', 'b']", "models.Kind: type, Literal['a']", True),
    ("", "models.Question.more: field, str", True),
    ("", "models.Question.more: field, str | Unset = UNSET", False),
    # What callers get may narrow.
    ("Client.send(): function, str", "Client.send(): function, str | None", True),
    ("Client.send(): function, str", "Client.send(): async function, str", True),
    ("Client.send(): function, str", "", True),
    ("models.Answer.text: field, str", "models.Answer.text: field, str | None", True),
    ("models.Answer.text: field, str", "models.Answer.text: field, Literal['x']", False),
    ("", "models.Answer.more: field, str", False),
    ("models.Answer.parts: field, list[TextPart | UnknownPart]",
     "models.Answer.parts: field, list[TextPart | NewPart | UnknownPart]", False),
    ("models.Answer.body: field, list[Block]", "models.Answer.body: field, list[TextPart | UnknownPart]", False),
    ("models.Answer.parts: field, list[TextPart | UnknownPart]", "models.Answer.parts: field, list[Block]", False),
    ("models.Answer.body: field, list[Block]", "models.Answer.body: field, Block", True),
    ("models.Block: type, models.TextPart | models.UnknownPart",
     "models.Block: type, models.TextPart | models.NewPart | models.UnknownPart", False),
    ("models.Block: type, models.TextPart | models.UnknownPart", "", True),
    ("models.Reason: type, Literal['end', 'limit']", "models.Reason: type, Literal['end', 'limit', 'pause']", False),
    ("models.Reason: type, Literal['end', 'limit']", "models.Reason: type, Literal['end']", False),
    # An alias is judged by what it means.
    ("models.Question.role: field, Role", "models.Question.role: field, Literal['assistant', 'user']", False),
    ("models.Question.role: field, Role", "models.Question.role: field, str", False),
    ("models.Question.role: field, Role", "models.Question.role: field, Literal['user']", True),
    ("models.Answer.reason: field, Reason | None | str", "models.Answer.reason: field, Literal['end'] | None", False),
    ("Client(scheme): keyword, Scheme = 'a'", "Client(scheme): keyword, Literal['a', 'b', 'c'] = 'a'", False),
    ("Client(scheme): keyword, Scheme = 'a'", "Client(scheme): keyword, Literal['a'] = 'a'", True),
    # A union that names a model has it as an alias does.
    ('params.Question["part"]: optional, Sequence[AnyQuestion]',
     'params.Question["part"]: optional, Sequence[Question | Other | QuestionModel | OtherModel]', False),
    ('params.Question["part"]: optional, Sequence[AnyQuestion]',
     'params.Question["part"]: optional, Sequence[Question | Other | OtherModel]', True),
    # An alias that callers only pass in may widen.
    ("Accepted: type, str | bytes", "Accepted: type, str | bytes | int", False),
    ("Accepted: type, str | bytes", "Accepted: type, str", True),
    # What a class inherits is there.
    ("Stream.close(): function, None\nStream.close(force): keyword, bool = False\nStream: class()",
     "Base.close(): function, None\nBase.close(force): keyword, bool = False\nBase: class()\nStream: class(Base)",
     False),
    ("Stream.close(): function, None\nStream.close(force): keyword, bool = False\nStream: class()",
     "Base.close(): function, None\nBase.close(force): keyword, bool\nBase: class()\nStream: class(Base)", True),
    ("LimitError: class(BaseError)", "LimitError: class(MiddleError)\nMiddleError: class(BaseError)", False),
    ("LimitError: class(BaseError)", "LimitError: class(Exception)", True),
    ('_options.Common["pause"]: optional, int', '_options.Create["pause"]: optional, int', False),
    ('_options.Common["pause"]: optional, int', '_options.Create["pause"]: required, int', True),
    ("models.Known: type, Literal['x', 'y']", "models.Known: type, Literal['x', 'y', 'z']", False),
    ("models.Closed: type, Literal['x', 'z']", "models.Closed: type, Literal['x', 'y', 'z']", True),
    # Two names of the same type are one type.
    ("models.Answer.reason: field, Reason | None | str",
     "models.Answer.reason: field, Same | None | str\nmodels.Same: the same as models.Reason", False),
    ("models.Answer.body: field, list[Block]",
     "models.Answer.body: field, list[Same]\nmodels.Same: the same as models.Closed", True),
    # What goes both ways may change in neither.
    ("models.Shared.value: field, int | Unset = UNSET", "models.Shared.value: field, int | str | Unset = UNSET", True),
    ("models.Shared.value: field, int | Unset = UNSET", "models.Shared.value: field, int", True),
]
# fmt: on


@pytest.mark.parametrize(("old", "new", "breaking"), JUDGED)
def test_a_change_of_the_surface_is_judged_by_what_callers_do_with_it(old: str, new: str, breaking: bool) -> None:
    changed = SURFACE.replace(old + "\n", new + "\n" * bool(new)) if old else f"{SURFACE}{new}\n"
    changes = surface_diff.compare(SURFACE, changed)
    # A key that only moved is not even a change.
    assert changes or "_options." in old
    assert (verdict(changes) == "breaking") == breaking


def test_the_same_surface_has_no_changes() -> None:
    assert surface_diff.compare(SURFACE, SURFACE) == []
