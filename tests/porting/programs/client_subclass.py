import anthropic


class Client(anthropic.Anthropic):
    def __init__(self, team, **kw):
        super().__init__(default_headers={"x-team": team}, **kw)
        self.team = team

    def ask(self, q):
        return (
            self.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": q}])
            .content[0]
            .text
        )


c = Client("red", max_retries=1)
print(c.ask("x"), c.team, c.default_headers["x-team"])
