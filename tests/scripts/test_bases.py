"""The base classes of the generated models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from schema.bases import add_bases
from schema.errors import GenerateError

CONFIG: dict[str, Any] = {
    "module": "_methods",
    "methods": ["dict"],
    "default": "Methods",
    "models": {"B": "OtherMethods"},
}
MODEL = "from __future__ import annotations\n\n@_attrs_define\nclass {}:\n    {}: str\n"


def models(folder: Path, **fields: str) -> dict[str, str]:
    (folder / "models").mkdir()
    for name, field in fields.items():
        (folder / "models" / f"{name}.py").write_text(MODEL.format(name, field))
    add_bases({"x-client": {"base-classes": CONFIG}}, folder)
    return {name: (folder / "models" / f"{name}.py").read_text() for name in fields}


def test_each_model_gets_its_base_class(tmp_path: Path) -> None:
    found = models(tmp_path, A="text", B="text")
    assert "class A(Methods):" in found["A"]
    assert "from ..._methods import Methods\n" in found["A"]
    assert "class B(OtherMethods):" in found["B"]


def test_a_model_with_a_field_of_a_methods_name_gets_none(tmp_path: Path) -> None:
    assert models(tmp_path, A="dict", B="text")["A"] == MODEL.format("A", "dict")


def test_a_configured_model_that_is_not_generated_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GenerateError, match="no B, which base-classes names"):
        models(tmp_path, A="text")


def test_without_a_configuration_nothing_changes(tmp_path: Path) -> None:
    add_bases({}, tmp_path)
