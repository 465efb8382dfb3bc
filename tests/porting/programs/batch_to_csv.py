import csv
from pathlib import Path

import anthropic

client = anthropic.Anthropic(max_retries=0)
Path("in.csv").write_text("id,text\n1,calm\n2,storm\n3,fog\n")


def label(text, retries=2):
    for attempt in range(retries + 1):
        try:
            return (
                client.messages.create(
                    model="claude-haiku-5-5",
                    max_tokens=5,
                    system="Answer safe or unsafe.",
                    messages=[{"role": "user", "content": text}],
                )
                .content[0]
                .text
            )
        except anthropic.BadRequestError:
            return "refused"
        except anthropic.APIError:
            if attempt == retries:
                raise


with open("in.csv") as source, open("out.csv", "w", newline="") as target:
    writer = csv.writer(target)
    for row in csv.DictReader(source):
        writer.writerow([row["id"], label(row["text"])])
print(Path("out.csv").read_text().split())
