from baseten_messages_client import tool


class Notes:
    @tool
    @staticmethod
    def greet(name: str) -> str:
        """Greet somebody."""
        return f"Hello, {name}!"


print(Notes().greet(3))  # error: a string is needed
