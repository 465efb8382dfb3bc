from dataclasses import dataclass

from baseten_messages_client import Baseten, ParsedMessage


@dataclass
class Person:
    name: str
    age: int


def read(client: Baseten, text: str) -> ParsedMessage[Person]:
    return client.messages.parse(
        output_type=Person,
        model="zai-org/GLM-5.2",
        max_tokens=256,
        messages=[{"role": "user", "content": f"Who is in this text? {text}"}],
        max_repairs=2,
    )


person = read(Baseten(), "Ada is 36.").output
print(person.name.upper(), person.age + 1)
