from baseten_messages_client import tool


@tool(name="weather", timeout=5)
def get_weather(city: str) -> str:
    """Look up the weather."""
    return f"sunny in {city}"


print(get_weather(town="Paris"))  # error: the parameter is named city
