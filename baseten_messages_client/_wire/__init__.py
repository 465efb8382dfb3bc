"""The texts of the wire: JSON and the bodies of errors. No I/O."""
