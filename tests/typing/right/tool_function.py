from typing import Annotated, Literal

from msgspec import Meta

from baseten_messages_client import Baseten, tool


@tool
def get_weather(city: str, unit: Literal["celsius", "fahrenheit"] = "celsius") -> dict[str, str | int]:
    """Look up the present weather of a city."""
    return {"city": city, "temperature": 17, "unit": unit}


@tool(name="dice", timeout=5)
def roll(sides: Annotated[int, Meta(ge=2, description="How many sides.")] = 6) -> int:
    """Roll a die."""
    return 1 + sides // 2


print(get_weather("Paris", unit="fahrenheit")["city"], roll() + 1, roll(20) + 1)
print(get_weather.name, get_weather.description, get_weather.input_schema, get_weather.definition["name"])
runner = Baseten().messages.tool_runner(
    tools=[get_weather, roll],
    model="zai-org/GLM-5.2",
    max_tokens=1024,
    messages=[{"role": "user", "content": "What is the weather in Paris?"}],
)
for message in runner:
    print(message.stop_reason, message.text)
print(runner.until_done().text, runner.usage.output_tokens)
