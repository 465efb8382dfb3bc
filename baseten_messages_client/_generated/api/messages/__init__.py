# Written by `make generate` from openapi.yaml and openapi-overlay.yaml. Do not edit: the next run overwrites it.
"""Contains endpoint functions for accessing the API"""
