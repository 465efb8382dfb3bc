"""The generated attrs models, re-exported: what the service sends and accepts, as classes.

Every model has `from_dict` and `to_dict`, and keeps fields beyond the schema in `additional_properties`.
"""

import copyreg

from ._generated.models import *  # noqa: F403
from ._generated.models import __all__ as __all__
from ._generated.types import UNSET as UNSET
from ._generated.types import Unset as Unset

# The repr of a model shows each field that is not set; the generated class would show its address.
setattr(Unset, "__repr__", lambda self: "UNSET")  # noqa: B010
# A copied or unpickled model is equal to the original only if there is one UNSET.
copyreg.pickle(Unset, lambda _: "UNSET")
