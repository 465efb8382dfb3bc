"""The packages of the extra `testing`, which the rest of this package does not need."""

from importlib.util import find_spec

_PACKAGES = ("h11", "jsonschema", "rstr")


def check_extra() -> None:
    """Check that the extra is installed.

    Raises:
        ModuleNotFoundError: A package is missing. The message names the package and the extra.
    """
    for name in _PACKAGES:
        if find_spec(name) is None:
            message = f'baseten_messages_client.testing needs {name}: pip install "baseten-messages-client[testing]"'
            raise ModuleNotFoundError(message, name=name)
