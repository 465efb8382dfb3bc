"""The generated TypedDicts, re-exported: the types of plain dicts that a caller may pass instead of models.

`ContentBlock`, `ToolChoice` and the other unions are for annotations. They include the models of the same names.
"""

from ._generated.params import *  # noqa: F403
from ._generated.params import __all__ as __all__
