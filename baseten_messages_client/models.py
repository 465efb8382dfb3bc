"""The generated attrs models, re-exported: the classes of what the service sends and accepts, and unions of them.

Every model has `from_dict` and `to_dict`. It keeps the fields that the schema does not know in `additional_properties`.
A field that the service left out reads as None. UNSET is only in models of requests. `ContentBlock`,
`ContentBlockDelta`, `StreamEvent` and the other unions are for annotations.
"""

import copyreg
from typing import TYPE_CHECKING

from ._generated import models as _models
from ._generated import unions as _unions
from ._generated.models import *  # noqa: F403
from ._generated.types import UNSET as UNSET
from ._generated.types import Unset as Unset
from ._generated.unions import *  # noqa: F403

if not TYPE_CHECKING:
    # Checkers see what the two modules export. pyright would take `_models.__all__` for that of `_generated` itself.
    __all__ = [*_models.__all__, *_unions.__all__]

# The repr of a model shows its unset fields. Without this method, it would show a memory address for each of them.
setattr(Unset, "__repr__", lambda self: "UNSET")  # noqa: B010
# A copied or unpickled model must hold this same UNSET. Otherwise it would not be equal to the original.
copyreg.pickle(Unset, lambda _: "UNSET")
