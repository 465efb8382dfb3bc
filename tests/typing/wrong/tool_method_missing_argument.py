from baseten_messages_client import tool


class Shop:
    @tool
    def price(self, item: str, currency: str) -> float:
        """Look up a price."""
        return float(len(item + currency))


def total(shop: Shop) -> float:
    return shop.price("tea")  # error: the currency is missing
