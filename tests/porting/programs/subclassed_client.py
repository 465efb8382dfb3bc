import anthropic


class Desk(anthropic.Anthropic):
    """A client that knows its model and counts its questions."""

    def __init__(self, **options):
        super().__init__(**options)
        self.questions = 0

    def ask(self, question: str, **options) -> str:
        self.questions += 1
        options = {"model": "claude-haiku-5-5", "max_tokens": 64, **options}
        message = self.messages.create(messages=[{"role": "user", "content": question}], **options)
        return message.content[0].text


with Desk(max_retries=1, timeout=20) as desk:
    print(desk.ask("Open?"))
    print(desk.ask("Closed?", max_tokens=5))
    print(desk.questions, isinstance(desk, anthropic.Anthropic))
