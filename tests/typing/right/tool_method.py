from baseten_messages_client import BaseTool, tool


class Shop:
    def __init__(self, stock: dict[str, int]) -> None:
        self.stock = stock

    @tool
    def count(self, item: str, factor: int = 1) -> int:
        """Count the stock of an item."""
        return self.stock[item] * factor

    @tool(timeout=3)
    async def order(self, item: str) -> bool:
        """Order an item."""
        return item in self.stock

    def tools(self) -> list[BaseTool]:
        return [self.count, self.order]


async def main(shop: Shop) -> int:
    if await shop.order("tea"):
        return shop.count("tea", factor=2) + shop.count(item="milk")
    return shop.count("tea")
