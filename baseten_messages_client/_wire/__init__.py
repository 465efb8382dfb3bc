"""The data on the wire: JSON and the bodies of error responses. No I/O."""
