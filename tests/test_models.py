"""The re-exported models: a value that is not set is shown and copied as what it is."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from baseten_messages_client import models


def test_a_field_that_is_not_set_is_shown_by_name() -> None:
    assert "is_error=UNSET" in repr(models.ToolResultBlock(type="tool_result", tool_use_id="t", content=""))


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda block: pickle.loads(pickle.dumps(block))])
def test_a_copied_model_is_equal_and_does_not_set_its_unset_fields(copied: Any) -> None:
    block = models.ToolResultBlock(type="tool_result", tool_use_id="t", content="")
    assert copied(block) == block
    assert copied(block).is_error is models.UNSET
