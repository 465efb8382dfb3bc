# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
WIRE_NAMES: dict[str, dict[str, str]] = {}
"""For each model, the keys on the wire of the attributes that have other names."""
