from anthropic import Anthropic
from anthropic.types import MessageParam


class Conversation:
    def __init__(self, client: Anthropic, system: str) -> None:
        self.client = client
        self.system = system
        self.history: list[MessageParam] = []

    def say(self, text: str) -> str:
        self.history.append({"role": "user", "content": text})
        response = self.client.messages.create(
            model="claude-sonnet-5-5", max_tokens=512, system=self.system, messages=self.history
        )
        answer = "".join(block.text for block in response.content if block.type == "text")
        self.history.append({"role": "assistant", "content": answer})
        return answer


chat = Conversation(Anthropic(), "You play twenty questions. You think of an animal.")
for question in ["Can it fly?", "Is it a bird?", "Is it a bat?"]:
    print(f"Q: {question}\nA: {chat.say(question)}")
print(len(chat.history), "turns")
