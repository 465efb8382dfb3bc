# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit.
"""Contains methods for accessing the API"""
