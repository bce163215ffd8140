"""The sample's portraits: small, friendly drawings, each another."""

from io import BytesIO

import pytest
from PIL import Image

from sandbox.sample.portraits import PORTRAITS, SIZE, drawn


@pytest.mark.parametrize("portrait", PORTRAITS, ids=lambda portrait: portrait.slug)
def test_a_portrait_is_a_small_square(portrait):
    content = drawn(portrait)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("WEBP", (SIZE, SIZE))
    assert len(content) < 6_000


def test_no_two_look_alike():
    assert len({drawn(portrait) for portrait in PORTRAITS}) == len(PORTRAITS)
