"""The generated attrs models, re-exported: the classes of what the service sends and accepts.

Every model has `from_dict` and `to_dict`. It keeps the fields that the schema does not know in `additional_properties`.
"""

import copyreg

from ._generated.models import *  # noqa: F403
from ._generated.models import __all__ as __all__
from ._generated.types import UNSET as UNSET
from ._generated.types import Unset as Unset

# The repr of a model shows its unset fields. Without this method, it would show a memory address for each of them.
setattr(Unset, "__repr__", lambda self: "UNSET")  # noqa: B010
# A copied or unpickled model must hold this same UNSET. Otherwise it would not be equal to the original.
copyreg.pickle(Unset, lambda _: "UNSET")
