"""Identifies the exact words of a consent. Used where texts are written and where one agrees."""

import hashlib
import json
import unicodedata


def digest(title: str, body: str, consequence: str) -> str:
    """Return the SHA-256 (hex) of what a person reads before agreeing.

    It covers the three texts in Unicode NFC as a JSON array without spaces, in UTF-8: so no two
    different divisions of the same words have the same digest.
    """
    words = [unicodedata.normalize("NFC", text) for text in (title, body, consequence)]
    array = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(array.encode()).hexdigest()
