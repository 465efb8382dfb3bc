# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
"""A client library for accessing Baseten Messages API"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
