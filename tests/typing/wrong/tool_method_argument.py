from baseten_messages_client import tool


class Shop:
    stock = 3

    @tool
    def count(self, factor: int) -> int:
        """Count the stock."""
        return self.stock * factor


print(Shop().count(3))
print(Shop().count("3"))  # error: a number is needed
