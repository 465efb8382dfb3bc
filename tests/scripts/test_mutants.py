"""What `make mutants` reads and says, and that its configuration fits the code."""

from __future__ import annotations

from collections import Counter

import pytest

import mutants
from mutation.run import Group, Result, RunError, read_groups, read_name
from mutation.survivors import Mutant, SurvivorsError, read_diff, read_survivors
from schema.paths import PACKAGE, ROOT

GROUPS, _ = read_groups()
JUDGED = read_survivors(mutants.SURVIVORS.read_text(encoding="utf-8"))
MUTANT = Mutant("a/b.py", "C.d", ("if x > 1:",), ("if x >= 1:",))
OTHER = Mutant("a/b.py", "e", ("return 1",), ("return 2",))
ENTRY = "a/b.py C.d\n- if x > 1:\n+ if x >= 1:\nequivalent: x is never 1\n"
DIFF = """# package.a.b.xǁCǁd__mutmut_1: survived
--- a/b.py
+++ a/b.py
@@ -1,3 +1,3 @@
     def d(self):
-        if x > 1:
+        if x >= 1:
             return
"""


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_files_of_a_group_exist(group: Group) -> None:
    assert all((ROOT / PACKAGE / module).is_file() for module in group.modules)
    assert all((ROOT / "tests" / test).is_file() for test in group.tests)


@pytest.mark.parametrize("mutant", JUDGED, ids=lambda mutant: f"{mutant.module} {mutant.function}")
def test_a_judged_mutant_changes_code_that_is_there(mutant: Mutant) -> None:
    assert any(mutant.module in group.modules for group in GROUPS)
    lines = [line.strip() for line in (ROOT / PACKAGE / mutant.module).read_text(encoding="utf-8").splitlines()]
    assert all(line in lines for line in mutant.removed)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("_streaming.sse.xǁSSEDecoderǁfeed__mutmut_12", ("_streaming/sse.py", "SSEDecoder.feed")),
        ("_streaming.sse.xǁSSEDecoderǁ__init____mutmut_1", ("_streaming/sse.py", "SSEDecoder.__init__")),
        ("_streaming.decode.x__block_start__mutmut_3", ("_streaming/decode.py", "_block_start")),
        ("_streaming.decode.x_make_event__mutmut_3", ("_streaming/decode.py", "make_event")),
    ],
)
def test_the_name_of_a_mutant_tells_its_module_and_function(name: str, read: tuple[str, str]) -> None:
    assert read_name(f"{PACKAGE}.{name}") == read


def test_a_name_of_another_form_is_an_error() -> None:
    with pytest.raises(RunError, match="something else"):
        read_name("something else")


def test_a_judgement_and_a_diff_name_the_same_mutant() -> None:
    assert read_survivors(f"# A comment.\n\n{ENTRY}\n") == {MUTANT: "equivalent: x is never 1"}
    assert read_diff("a/b.py", "C.d", DIFF) == MUTANT
    assert ENTRY.startswith(f"{MUTANT}\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ENTRY.replace("equivalent: x is never 1", "fine"), id="no verdict"),
        pytest.param(ENTRY.replace(" C.d", ""), id="no function"),
        pytest.param("a/b.py C.d\nequivalent: x is never 1\n", id="no change"),
        pytest.param(f"{ENTRY}\n{ENTRY}", id="twice"),
    ],
)
def test_an_entry_that_is_not_whole_is_an_error(text: str) -> None:
    with pytest.raises(SurvivorsError):
        read_survivors(text)


def test_the_table_has_a_row_for_each_group_and_the_total() -> None:
    results = {
        "one": Result(Counter(killed=7, timeout=1, survived=2), [MUTANT]),
        "two": Result(Counter({"killed": 9, "no tests": 1}), [OTHER]),
    }
    rows = [line.split() for line in mutants.table(results).splitlines()]
    assert rows == [
        ["group", "mutants", "killed", "survived", "timeout", "score"],
        ["one", "10", "7", "2", "1", "80.0%"],
        ["two", "10", "9", "1", "0", "90.0%"],
        ["total", "20", "16", "3", "1", "85.0%"],
    ]


def test_survivors_without_judgement_and_judgements_without_survivor_are_found() -> None:
    groups = [Group("one", ["a/b.py"], [])]
    results = {"one": Result(Counter(survived=1), [MUTANT])}
    assert mutants.compare(groups, results, {MUTANT: "equivalent: x is never 1"}) == (set(), set())
    assert mutants.compare(groups, results, {OTHER: "accepted: y"}) == ({MUTANT}, {OTHER})
    elsewhere = Mutant("c.py", "f", ("return 1",), ("return 2",))
    assert mutants.compare(groups, results, {MUTANT: "accepted: y", elsewhere: "accepted: y"}) == (set(), set())


@pytest.mark.parametrize(("survived", "judged", "status"), [(1, True, 0), (1, False, 1), (2, True, 1)])
def test_a_low_score_or_a_survivor_without_judgement_fails(
    monkeypatch: pytest.MonkeyPatch, survived: int, judged: bool, status: int
) -> None:
    result = Result(Counter(killed=9, survived=survived), [MUTANT])
    monkeypatch.setattr(mutants, "run_group", lambda *_: result)
    monkeypatch.setattr(mutants, "read_survivors", lambda _: {MUTANT: "accepted: y"} if judged else {})
    assert mutants.main(["--group", GROUPS[0].name]) == status
