import anthropic

client = anthropic.Anthropic()

NOTICE = "The north lock is closed on Sunday. The south lock is open."

response = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=256,
    messages=[
        {
            "role": "user",
            "content": [
                {
                    "type": "document",
                    "source": {"type": "text", "media_type": "text/plain", "data": NOTICE},
                    "title": "Notice",
                    "citations": {"enabled": True},
                },
                {"type": "text", "text": "Can I pass the north lock on Sunday?"},
            ],
        }
    ],
)
for block in response.content:
    print(block.text)
    for citation in block.citations or []:
        print(f"  [{citation.document_title}] {citation.cited_text}")
