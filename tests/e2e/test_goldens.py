"""When two pictures count as the same: letters may be drawn a little differently, no more."""

import io

import pytest
from PIL import Image

from tests.e2e.goldens import complaint, difference

SIZE = (100, 100)


def picture(*, changed: int = 0, shade: int = 255) -> bytes:
    """Return a white picture in which some pixels have another shade."""
    image = Image.new("RGB", SIZE, "white")
    for number in range(changed):
        image.putpixel((number % 100, number // 100), (shade, shade, shade))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("changed", "shade"), [(0, 0), (10_000, 230), (10, 0)])
async def test_a_little_is_no_change(changed, shade):
    assert not difference(picture(), picture(changed=changed, shade=shade)).is_change


async def test_a_word_is_a_change():
    assert difference(picture(), picture(changed=60, shade=0)).is_change


async def test_a_change_is_shown_beside_the_new_picture(tmp_path):
    kept = tmp_path / "kept" / "goals.da.webp"
    kept.parent.mkdir()
    kept.write_bytes(picture())

    told = complaint(kept, picture(changed=60, shade=0), tmp_path)

    assert told is not None
    assert "0.60% of goals.da.webp differs" in told
    for name in ("goals.da.webp", "goals.da.difference.png"):
        assert str(tmp_path / name) in told
        with Image.open(tmp_path / name) as shown:
            assert shown.size == SIZE


async def test_a_picture_that_is_not_kept_yet_is_told(tmp_path):
    told = complaint(tmp_path / "kept.webp", picture(), folder=None)

    assert told is not None
    assert "kept.webp is not kept yet" in told
