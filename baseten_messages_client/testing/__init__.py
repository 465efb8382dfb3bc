"""A local server that imitates the service, for tests and demonstrations.

Needs the extra `testing`: `pip install "baseten-messages-client[testing]"`.
"""

from ._extra import check_extra

# The modules below import what may be missing.
check_extra()

from ._requests import Headers, RecordedRequest  # noqa: E402
from ._server import LocalServer  # noqa: E402
from ._service import DEFAULT_MODELS  # noqa: E402

__all__ = ["DEFAULT_MODELS", "Headers", "LocalServer", "RecordedRequest"]
