"""The packages of other people, used with this one. `make test-foreign` installs them and runs these tests."""

from __future__ import annotations

import os
from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("anthropic") else ["test_*.py"]

# LiteLLM would fetch its list of prices from the internet while it is imported.
os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
