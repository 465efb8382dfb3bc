from baseten_messages_client import tool


class Maths:
    @classmethod
    @tool
    def scale(cls, number: int) -> int:
        """Multiply a number."""
        return 3 * number


Maths.scale("2")  # error: not a number
