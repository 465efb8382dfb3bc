"""Write the report as one HTML page that needs nothing else: no script, no file, no address.

All text of a schema is foreign, so everything goes through `escape`, and the page may not load or run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .changes import CallerLine, Change, next_version
from .report import CLIENT_FAILS, EFFECTS, Report
from .rules import STEPS
from .wording import change_parts, side_text

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --red: #c62828; --green: #2e7d32; --amber: #b26a00; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 1500px; padding: 1rem 1.5rem; }
h1 { font-size: 1.5rem; margin: .2rem 0; } h2 { font-size: 1.05rem; margin: 0 0 .6rem; }
code, pre { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
code { background: var(--soft); border-radius: 3px; padding: 0 .2em; }
b code { background: none; font-size: 14px; font-weight: 700; padding: 0; }
a code { background: none; padding: 0; }
pre { background: var(--soft); border-radius: 4px; margin: .5rem 0; overflow-x: auto; padding: .5rem; }
.verdict { border-radius: 4px; color: #fff; padding: .05em .5em; }
.breaking .verdict, .incomplete .verdict { background: var(--red); }
.compatible .verdict, .none .verdict { background: var(--green); }
.panes { display: grid; gap: 1.5rem; grid-template-columns: 1fr 1fr; margin-top: 1rem; }
@media (max-width: 800px) { .panes { grid-template-columns: 1fr; } }
article { border: 1px solid var(--line); border-left: 4px solid var(--green); border-radius: 4px; margin: 0 0 .7rem;
  padding: .5rem .8rem; }
article.breaking { border-left-color: var(--red); } article.acknowledged { border-left-color: var(--amber); }
article:target { outline: 2px solid var(--amber); }
article p { margin: .25rem 0; }
details ul { margin: .2rem 0; padding-left: 1.2rem; }
.small { font-size: 13px; opacity: .75; } .step { font-weight: 600; }
.filter { border: 1px solid var(--line); border-radius: 4px; display: inline-block; padding: .2rem .6rem; }
body:has(#only:checked) article.compatible { display: none; }
.missing { border-left: 4px solid var(--red); margin: .5rem 0; padding: .2rem .8rem; }
""".strip()
SHOWN_CALLERS = 3
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_page(report: Report) -> str:
    """Return the whole page: the schema in the left pane, the Python names in the right one."""
    outcome = report.verdict
    step = next_version(report.version, outcome)
    release = "" if outcome in ("none", "incomplete") else f"Release as {step} (now {report.version}). "
    breaking = sum(change.breaking for change in report.changes)
    left = [_card(change, f"c{number}", _links(change, number)) for number, change in enumerate(report.schema, 1)]
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>API changes: {outcome}</title><style>{STYLE}</style></head>",
        f'<body><header class="{outcome}"><h1>API changes: <span class="verdict">{outcome}</span></h1>',
        f"<p>{escape(release)}{escape(EFFECTS[outcome])}</p>",
        *(f'<p class="missing"><b>Not compared:</b> {_quoted(text)}</p>' for text in report.not_compared),
        f'<label class="filter"><input type="checkbox" id="only"> Only what breaks callers ({breaking})</label>',
        "</header>",
        _list(CLIENT_FAILS, report.client_failures),
        '<main class="panes">',
        _pane("Schema", left),
        _pane("Python", list(_python_cards(report))),
        "</main>",
        _list("Overlay: to clean up in openapi-overlay.yaml", report.overlay),
        _list("Acknowledged, but not found: remove them from api-changes.yaml", report.stale),
        _list(
            "New descriptions: say them in our own words in openapi.yaml",
            [f"{place}: {text}" for place, text in report.descriptions.items()],
        ),
        "</body></html>",
    ]
    return "\n".join(filter(None, parts)) + "\n"


def _pane(title: str, cards: Sequence[str]) -> str:
    inner = "\n".join(cards) or '<p class="small">No changes.</p>'
    return f"<section><h2>{escape(title)}: {len(cards)}</h2>\n{inner}\n</section>"


def _python_cards(report: Report) -> Iterable[str]:
    """Write the Python names: first those that the schema changes, each with a link to its cause."""
    for number, change in enumerate(report.schema, 1):
        for index, effect in enumerate(change.effects, 1):
            cause = f'<p class="small">because of <a href="#c{number}"><code>{escape(change.place)}</code></a></p>'
            yield _card(effect, f"p{number}-{index}", cause, is_effect=True)
    for number, change in enumerate(report.python, 1):
        yield _card(change, f"p{number}", "")


def _links(change: Change, number: int) -> str:
    names = [
        f'<a href="#p{number}-{index}"><code>{escape(effect.place)}</code></a>'
        for index, effect in enumerate(change.effects, 1)
    ]
    return f'<p class="small">in Python: {", ".join(names)}</p>' if names else ""


def _card(change: Change, anchor: str, links: str, is_effect: bool = False) -> str:
    """Write one finding. What a name does because of the schema needs no next step: its cause has one."""
    state = "breaking" if change.breaking else "compatible"
    state += " acknowledged" if change.acknowledged else ""
    what = " ".join(f"{escape(text)} {_code(value)}".strip() for text, value in change_parts(change))
    side = "" if change.side == "python" else escape(side_text(change))
    lines = [f"<p><b>{_code(change.place)}</b> {what}</p>"]
    if side or change.note:
        lines.append(f'<p class="small">{" · ".join(filter(None, (side, _quoted(change.note))))}</p>')
    if change.breaking and not is_effect:
        if change.acknowledged:
            lines.append(f'<p class="step">Acknowledged: {escape(change.acknowledged)}</p>')
        else:
            lines.append(f'<p class="step">{_quoted(STEPS[change.rule])}</p>')
        if change.call:
            before, after = change.call
            lines.append(f"<pre>{escape(before)}  # before\n{escape(after)}  # after</pre>")
        if change.callers:
            lines.append(_callers(change.callers))
        lines.append(f'<p class="small">{_code(change.rule)} {_code(change.fingerprint)}</p>')
    if change.also and change.side == "python":
        lines.append(f'<p class="small">the same: {", ".join(map(_code, change.also))}</p>')
    return f'<article class="{state}" id="{anchor}">{"".join(lines)}{links}</article>'


def _callers(lines: Sequence[CallerLine]) -> str:
    """Write the callers' lines that no longer check, each after the name to blame. A long list is closed at first."""
    items = "".join(f"<li>{' → '.join(filter(None, (_code(line.name), _code(str(line)))))}</li>" for line in lines)
    state = " open" if len(lines) <= SHOWN_CALLERS else ""
    title = f"{len(lines)} line{'s' * (len(lines) != 1)} of callers no longer check{'s' * (len(lines) == 1)}"
    return f'<details class="small"{state}><summary>{title}</summary><ul>{items}</ul></details>'


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>" if text else ""


def _quoted(text: str) -> str:
    """Write our own text, with what it quotes between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(_code(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _list(title: str, lines: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{escape(title)}</h2><ul>{items}</ul></section>" if lines else ""
