"""The two words by which a person recognises one of their own logins."""

import pytest

from auth.devices import device_of

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
PIXEL = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko)"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
FOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (f"{IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "iPhone, Safari"),
        (f"{IPHONE} CriOS/126.0 Mobile/15E148 Safari/604.1", "iPhone, Chrome"),
        (f"{PIXEL} Chrome/126.0.0.0 Mobile Safari/537.36", "Android, Chrome"),
        (f"{DESK} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Windows, Edge"),
        (FOX, "Linux, Firefox"),
        ("python-httpx/0.28", ""),
        ("<script>alert(1)</script>", ""),
        (None, ""),
    ],
)
def test_system_and_browser_are_told(agent, device):
    assert device_of(agent) == device
