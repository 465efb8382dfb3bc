"""Returns the text of an HTML page, such as the error page of a proxy.

The pages are cut short and often malformed, so this only looks for tags. It reads each character once, while the parser
of the standard library takes the square of the time for some pages.
"""

from __future__ import annotations

import html
import re

_TAGS = (
    "!doctype|a|abbr|address|article|b|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|footer|form|h[1-6]|"
    "head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|noscript|ol|p|pre|script|section|small|span|"
    "strong|style|svg|table|tbody|td|th|thead|title|tr|tt|u|ul"
)
_KNOWN_TAG = re.compile(rf"</?(?:{_TAGS})(?=[\s/>]|$)|<!--", re.IGNORECASE)
_FIRST_TAG = re.compile(rf"[\s\ufeff]*(?:<\?xml\b|{_KNOWN_TAG.pattern})", re.IGNORECASE)
_TAG_NAME = re.compile(r"[/!?][a-z0-9]*|[a-z][a-z0-9]*", re.IGNORECASE)
_TAG_END = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_COMMENT_END = re.compile("-->")
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "tt", "u"})
_HIDDEN = {tag: re.compile(f"</{tag}[^>]*>", re.IGNORECASE) for tag in ("script", "style")}


def begins_with_tag(text: str) -> bool:
    """Return whether the text begins like an HTML page."""
    return _FIRST_TAG.match(text) is not None


def has_tag(text: str) -> bool:
    """Return whether the text has a tag of HTML anywhere."""
    return _KNOWN_TAG.search(text) is not None


def html_to_text(page: str) -> str:
    """Return the text of a page without tags, scripts, styles and comments. A line that occurs again is left out."""
    lines: dict[str, str] = {}
    for line in _without_tags(page).split("\0"):
        if line := " ".join(html.unescape(line).replace("\ufeff", " ").split()):
            lines.setdefault(line.casefold(), line)
    return " ".join(lines.values())


def _without_tags(page: str) -> str:
    """Return the page with a NUL in place of each tag that begins or ends a line."""
    page = page.replace("\0", " ")
    pieces: list[str] = []
    position = 0
    while (start := page.find("<", position)) >= 0:
        pieces.append(page[position:start])
        name = _TAG_NAME.match(page, start + 1)
        if name is None:
            pieces.append("<")  # This is a sign and not a tag, as in "2 < 3".
            position = start + 1
            continue
        tag = name.group().lower()
        if tag.lstrip("/") not in _INLINE:
            pieces.append("\0")
        is_comment = page.startswith("<!--", start)
        end = _COMMENT_END.search(page, start + 4) if is_comment else _TAG_END.match(page, start + 1)
        if end is not None and tag in _HIDDEN:
            end = _HIDDEN[tag].search(page, end.end())
        if end is None:
            return "".join(pieces)  # The page ends within the tag.
        position = end.end()
    return "".join([*pieces, page[position:]])
