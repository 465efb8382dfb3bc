import logging
import sys

import anthropic

logging.basicConfig(stream=sys.stdout, format="%(name)s %(levelname)s %(message)s", level=logging.WARNING, force=True)
log = logging.getLogger("desk")

client = anthropic.Anthropic(max_retries=0)

message = client.messages.create(model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}])
log.warning("answered: %s", message._request_id)

try:
    client.messages.create(model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}])
except anthropic.APIStatusError as error:
    log.error("failed: %s", error.request_id)

logging.getLogger().handlers.clear()
