"""Looks through outlines."""

from collections.abc import Iterator

from views.outlines.document import Block, Items, Section


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Each block, and those within it."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                yield from walk(item.blocks)
