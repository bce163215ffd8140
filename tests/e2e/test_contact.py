"""Kontaktperson: whom to call is one tap away from anywhere, on a phone and on a desk."""

import re

import pytest
from playwright.async_api import expect

CALL = re.compile("^Ring ")


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desk"])
async def test_whom_to_call_is_found_in_one_tap(open_phone, wide):
    phone = await open_phone("mette", wide=wide)
    await phone.arrive("/goals/new", "Nyt mål")

    await phone.tap("Kontaktperson")

    await phone.on_screen("Din kontaktperson")
    await phone.sees("Louise Abildtrup")
    await expect(phone.named(CALL).first).to_be_in_viewport()
