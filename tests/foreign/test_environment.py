"""The environment of these tests."""

from __future__ import annotations

import anthropic

import baseten_messages_client


def test_both_clients_are_installed() -> None:
    assert anthropic.Anthropic is not baseten_messages_client.Baseten
