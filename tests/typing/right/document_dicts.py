from baseten_messages_client import Baseten


def summarize(client: Baseten, pdf: str) -> str:
    message = client.messages.create(
        model="moonshotai/Kimi-K2.6",
        max_tokens=1024,
        messages=[
            {
                "role": "user",
                "content": [
                    {
                        "type": "document",
                        "source": {"type": "base64", "media_type": "application/pdf", "data": pdf},
                        "title": "Report",
                    },
                    {"type": "document", "source": {"type": "url", "url": "https://example.com/a.pdf"}},
                    {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "Notes."}},
                    {"type": "document", "source": {"type": "file", "file_id": "file_1"}},
                    {"type": "text", "text": "Summarize these documents."},
                ],
            }
        ],
    )
    return message.text
