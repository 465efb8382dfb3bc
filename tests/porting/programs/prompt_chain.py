import re

from anthropic import Anthropic

client = Anthropic()


def llm(prompt: str, system: str = "") -> str:
    message = client.messages.create(
        model="claude-opus-5-5", max_tokens=4096, system=system, messages=[{"role": "user", "content": prompt}]
    )
    return message.content[0].text


def tag(text: str, name: str) -> str:
    found = re.search(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
    return found.group(1).strip() if found else ""


def chain(text: str, *steps: str) -> str:
    for step in steps:
        text = tag(llm(f"{step}\n<text>{text}</text>"), "answer")
        print("step:", text)
    return text


routes = {"weather": "You are a weather desk.", "berths": "You assign berths."}
choice = tag(llm(f"Choose from {list(routes)} for: where can I moor?"), "route")
print(choice, "->", llm("Where can I moor?", routes[choice]))
print(chain("12 ships, 3 tugs", "Add them up.", "Write the number as a word."))
