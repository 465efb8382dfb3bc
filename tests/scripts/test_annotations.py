"""What breaks callers, as annotations of GitHub."""

from __future__ import annotations

import pytest
import yaml

from diff.annotations import github_commands, line_of
from diff.changes import CallerLine, Change
from diff.report import Report

SCHEMA = """\
servers:
  - url: https://example.com
components:
  schemas:
    Request:
      type: object
      properties:
        seed:
          type: integer
        more:
          anyOf:
            - type: string
            - type: integer
"""
SURFACE = "# A header.\nClient.send(): function, str\nClient: class()\n"


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (["servers", "0", "url"], 2),
        (["components", "schemas", "Request"], 5),
        (["components", "schemas", "Request", "properties", "seed", "type"], 9),
        (["components", "schemas", "Request", "properties", "more", "anyOf", "1"], 13),
        (["components", "schemas", "Request", "properties", "gone"], 7),
        (["paths"], 1),
    ],
)
def test_a_place_has_the_line_of_the_closest_place_that_is_there(place: list[str], line: int) -> None:
    assert line_of(yaml.compose(SCHEMA, Loader=yaml.SafeLoader), place) == line


def test_a_breaking_change_is_an_error_at_its_line() -> None:
    pointer = "/components/schemas/Request/properties/seed"
    change = Change("Request.seed", "integer", "string", True, "request", "calls fail", "type-changed", pointer)
    (line,) = github_commands(Report("0.1.0", schema=[change]), SCHEMA, SURFACE).splitlines()
    assert line.startswith(f"::error file=openapi.yaml,line=8,title=type-changed {change.fingerprint}::Request.seed: ")
    assert "integer → string. calls fail. Try both types" in line


def test_an_acknowledged_one_is_a_notice_and_a_compatible_one_is_nothing() -> None:
    accepted = Change("Client.send(text)", "any, str", "", True, rule="name-removed", acknowledged="Nobody does.")
    report = Report("0.1.0", python=[accepted, Change("Client.more()", "", "function, int", False)])
    (line,) = github_commands(report, SCHEMA, SURFACE).splitlines()
    assert line.startswith("::notice file=api-surface.txt,line=2,title=name-removed ")
    assert line.endswith("Acknowledged: Nobody does.")


def test_a_callers_line_is_annotated_where_it_is() -> None:
    change = Change("A.b", "int", "", True, rule="name-removed", callers=(CallerLine("examples/agent.py", 12, "No b"),))
    _, line = github_commands(Report("0.1.0", python=[change]), SCHEMA, SURFACE).splitlines()
    assert line == "::error file=examples/agent.py,line=12,title=because of A.b::No b"


def test_what_was_not_compared_is_an_error() -> None:
    text = github_commands(Report("0.1.0", not_compared=["the schemas. Node is missing"]), SCHEMA, SURFACE)
    assert text == "::error title=not compared::the schemas. Node is missing\n"


def test_foreign_text_cannot_begin_another_command() -> None:
    nasty = "a%0A::error::x\n::set-env name=A::b\r,file=c"
    change = Change(
        nasty,
        nasty,
        nasty,
        True,
        note=nasty,
        rule="name-removed",
        acknowledged=nasty,
        callers=(CallerLine(nasty, 1, nasty),),
    )
    text = github_commands(Report("0.1.0", python=[change], not_compared=[nasty]), SCHEMA, SURFACE)
    assert len(text.splitlines()) == 3
    assert "%0A::set-env" in text
    assert all(line.startswith(("::error ", "::notice ")) for line in text.splitlines())


def test_what_fails_of_the_client_is_an_error() -> None:
    (line,) = github_commands(Report("0.1.0", client_failures=["mypy: a.py:1: no b"]), SCHEMA, SURFACE).splitlines()
    title = "The client does not work with this edition%3A change its code too"
    assert line == f"::error title={title}::mypy: a.py:1: no b"
