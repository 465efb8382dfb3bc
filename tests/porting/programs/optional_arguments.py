from typing import Optional

import anthropic
from anthropic import NOT_GIVEN, NotGiven, omit

client = anthropic.Anthropic()


def ask(prompt: str, system: Optional[str] = None, stop: list[str] | NotGiven = NOT_GIVEN) -> str:
    message = client.messages.create(
        model="claude-haiku-5-5",
        max_tokens=64,
        messages=[{"role": "user", "content": prompt}],
        system=system if system is not None else NOT_GIVEN,
        stop_sequences=stop,
        tools=omit,
        timeout=anthropic.NOT_GIVEN,
    )
    return message.content[0].text


print(ask("one"))
print(ask("two", system="Be brief."))
print(ask("three", stop=["."]))
