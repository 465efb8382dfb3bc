"""From a published schema to the generated code: fetch, check, normalize, apply the overlay, generate."""
