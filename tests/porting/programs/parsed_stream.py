import anthropic
from pydantic import BaseModel


class Report(BaseModel):
    place: str
    knots: int


client = anthropic.Anthropic()

with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=256,
    messages=[{"role": "user", "content": "Brest has 12 knots."}],
    output_format=Report,
) as stream:
    for event in stream:
        pass
    report = stream.get_final_message().parsed_output
print(report.place, report.knots)
