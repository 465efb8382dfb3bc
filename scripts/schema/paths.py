"""Where the files of the project are, relative to its root."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "baseten_messages_client"
SCHEMA = "openapi.yaml"
OVERLAY = "openapi-overlay.yaml"
CONFIG = "generator-config.yaml"
PINS = "requirements/generate.in"
SURFACE = "api-surface.txt"
GENERATED = f"{PACKAGE}/_generated"
SERVED = f"{GENERATED}/schema.json"
VERSION = f"{PACKAGE}/_version.py"
