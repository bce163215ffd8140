"""Ids that are the same in every run: made from slugs. Used by every builder."""

from uuid import UUID, uuid5

_SAMPLE = UUID("6f1d3a52-2f6b-5c0e-9a43-5d0b7c1e8f10")


def sample_id(kind: str, *slug: str | int) -> UUID:
    """Return the id of the thing of that `kind` with that slug."""
    return uuid5(_SAMPLE, "/".join((kind, *map(str, slug))))


def person_id(slug: str) -> UUID:
    """Return the id of a citizen or a professional."""
    return sample_id("person", slug)
