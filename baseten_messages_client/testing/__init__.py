"""A local server that imitates the service, for tests and demonstrations.

Needs the extra `testing`: `pip install "baseten-messages-client[testing]"`.
"""

from ._requests import Headers, RecordedRequest
from ._server import LocalServer
from ._service import DEFAULT_MODELS

__all__ = ["DEFAULT_MODELS", "Headers", "LocalServer", "RecordedRequest"]
