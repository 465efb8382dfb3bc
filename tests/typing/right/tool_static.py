from baseten_messages_client import BaseTool, tool


class Notes:
    @tool
    @staticmethod
    def greet(name: str) -> str:
        """Greet somebody."""
        return f"Hello, {name}!"

    @tool
    @staticmethod
    def now() -> str:
        """Tell the time."""
        return "12:00"

    def tools(self) -> list[BaseTool]:
        return [self.greet, self.now]


notes = Notes()
print(notes.greet("Ada").upper(), notes.now().upper(), Notes.greet("Ada").upper(), Notes.now().upper())
