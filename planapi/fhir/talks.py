"""Messages as FHIR: a Communication for each thread and message, and the files."""

from collections.abc import Iterator

from planapi.fhir.parts import Json, Names, concept, extensions, moment, reference
from portal.contract.exports import ExportedAttachment
from portal.contract.messages import Message, Thread


def threads(
    found: tuple[Thread, ...], files: tuple[ExportedAttachment, ...], by: Names
) -> Iterator[Json]:
    """Return everything that was written, and what the files are, without their bytes."""
    for thread in found:
        yield _thread(thread, by)
        yield from (_message(message, thread, by) for message in thread.messages)
    yield from (_file(file, by) for file in files)


def _thread(thread: Thread, by: Names) -> Json:
    return {
        "resourceType": "Communication",
        "id": thread.id,
        "status": "completed" if thread.waits_for == "nobody" else "in-progress",
        "category": [concept("kind", "thread")],
        "subject": by.subject(),
        "topic": {"text": thread.subject},
        "about": [reference(thread.goal_id)],
        "sent": moment(thread.last_message_at),
        "extension": extensions(
            waits_for=thread.waits_for, answer_expected_by=thread.answer_expected_by
        ),
    }


def _message(message: Message, thread: Thread, by: Names) -> Json:
    return {
        "resourceType": "Communication",
        "id": message.id,
        "partOf": [reference(thread.id)],
        "status": "completed",
        "category": [concept("kind", "message")],
        "subject": by.subject(),
        "sender": by.person(message.author),
        "sent": moment(message.sent_at),
        "received": moment(message.read_at),
        "payload": [
            {"contentString": message.body},
            *({"contentReference": reference(one.id, one.name)} for one in message.attachments),
        ],
        "extension": extensions(author_role=message.author_role),
    }


def _file(file: ExportedAttachment, by: Names) -> Json:
    return {
        "resourceType": "DocumentReference",
        "id": file.id,
        "status": "current",
        "type": concept("kind", "attachment"),
        "subject": by.subject(),
        "date": moment(file.uploaded_at),
        "author": [by.person(file.sent_by)],
        "content": [
            {
                "attachment": {
                    "contentType": file.media_type,
                    "url": f"/v1/attachments/{file.id}",
                    "size": file.size,
                    "title": file.name,
                    "creation": moment(file.uploaded_at),
                }
            }
        ],
        "context": {"related": [reference(file.message_id)]},
    }
