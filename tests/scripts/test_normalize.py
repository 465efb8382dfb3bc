"""A published schema in the form of `openapi.yaml`."""

from __future__ import annotations

import yaml

from schema.normalize import LONGEST_TEXT, clean_text, dump, normalize
from schema.paths import ROOT, SCHEMA


def test_openapi_yaml_is_a_fixed_point_byte_for_byte() -> None:
    text = (ROOT / SCHEMA).read_text(encoding="utf-8")
    present = yaml.safe_load(text)
    assert dump(normalize(present, present)[0]) == text


def test_a_cleaned_text_is_one_short_line_without_quotes() -> None:
    text = clean_text('a "b"\n\tc \\ d\u2028\x00' + "e " * 500)
    assert text.startswith("a 'b' c / d e e")
    assert len(text) <= LONGEST_TEXT
    assert text.isprintable()
