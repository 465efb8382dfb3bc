# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
"""Contains endpoint functions for accessing the API"""
