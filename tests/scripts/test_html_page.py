"""The report as one HTML page: both panes, safe, and complete."""

from __future__ import annotations

import html
from html.parser import HTMLParser

from diff.changes import CallerLine, Change
from diff.html_page import html_page
from diff.report import Report

NASTY = "<script>alert(1)</script>\" onload='x' & `<b>`"
EFFECT = Change("models.A.b", "field, int", "", True, rule="name-removed")
CHANGE = Change(
    *("A.b", "integer", "", True, "request", "calls with it fail", "field-removed"),
    effects=(EFFECT,),
    call=("f(b=1)", "f()"),
    callers=(CallerLine("examples/a.py", 1, "No b"),),
)


class Page(HTMLParser):
    """Collects the tags, the attributes and the text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_foreign_text_adds_no_tag_and_no_attribute() -> None:
    nasty = Change(
        *(NASTY, NASTY, NASTY, True, "request", NASTY, "field-removed", NASTY, (NASTY,)),
        effects=(Change(NASTY, NASTY, NASTY, True, note=NASTY),),
        call=(NASTY, NASTY),
        callers=(CallerLine(NASTY, 1, NASTY),),
        acknowledged=NASTY,
    )
    report = Report(NASTY, [nasty], [nasty], [NASTY], {NASTY: NASTY}, [NASTY], [NASTY])
    page = Page(html_page(report))
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert page.open == []
    assert html.escape(NASTY.partition("`")[0]) in html_page(report)


def test_the_page_loads_and_runs_nothing() -> None:
    page = Page(html_page(Report("0.1.0", [CHANGE])))
    assert {"script", "link", "img", "iframe"}.isdisjoint(page.tags)
    assert all((value or "").startswith("#") for name, value in page.attributes if name in ("href", "src"))
    assert "default-src 'none'" in html.unescape(html_page(Report("0.1.0")))


def test_both_panes_are_there_and_lead_to_each_other() -> None:
    text = html_page(Report("0.1.0", [CHANGE], [Change("Client.more()", "", "function, int", False)]))
    assert "<h2>Schema: 1</h2>" in text
    assert "<h2>Python: 2</h2>" in text
    assert '<a href="#p1-1"><code>models.A.b</code></a>' in text
    assert 'id="p1-1"' in text
    assert 'because of <a href="#c1"><code>A.b</code></a>' in text


def test_what_is_compatible_can_be_hidden() -> None:
    text = html_page(Report("0.1.0", [CHANGE], [Change("Client.more()", "", "function, int", False)]))
    assert '<input type="checkbox" id="only"> Only what breaks callers (1)' in text
    assert "body:has(#only:checked) article.compatible { display: none; }" in text
    assert text.count('<article class="breaking"') == 2
    assert text.count('<article class="compatible"') == 1


def test_a_breaking_finding_has_its_step_its_call_its_callers_and_its_fingerprint() -> None:
    text = html_page(Report("0.1.0", [CHANGE]))
    assert "Keep the field with an overlay action" in text
    assert "<pre>f(b=1)  # before\nf()  # after</pre>" in text
    assert "<summary>1 line of callers no longer checks</summary><ul><li>" in text
    assert "examples/a.py:1: No b" in text
    assert CHANGE.fingerprint in text


def test_what_fails_of_the_client_is_above_the_panes() -> None:
    text = html_page(Report("0.1.0", [CHANGE], client_failures=["mypy: <b>"]))
    title = "The client does not work with this edition: change its code too"
    section = f"<h2>{title}</h2><ul><li>mypy: &lt;b&gt;</li></ul>"
    assert section in text.partition('<main class="panes">')[0]
    assert "The client does not work" not in html_page(Report("0.1.0", [CHANGE]))
