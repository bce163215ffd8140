"""Familie: what one of them does, the others see at once, each in a browser of their own."""

import re

from playwright.async_api import expect

from tests.e2e.phone import PATIENCE_MILLISECONDS

HER_STEP = "Lægge min egen telefon væk først"
HIS_STEP = "Være hjemme fra arbejde kl. 18 tre dage om ugen"


async def test_a_step_that_one_takes_shows_on_the_others_screen(open_phone):
    mette, jonas = await open_phone("mette"), await open_phone("jonas")
    await mette.arrive("/family", "Familie")
    await jonas.arrive("/family", "Familie")
    await mette.sees("Jonas Bang")
    await expect(jonas.named(HER_STEP)).not_to_be_checked(timeout=PATIENCE_MILLISECONDS)

    await mette.tap(HER_STEP)
    await expect(jonas.named(HER_STEP)).to_be_checked(timeout=PATIENCE_MILLISECONDS)

    await jonas.tap(HIS_STEP)
    await expect(mette.named(HIS_STEP)).to_be_checked(timeout=PATIENCE_MILLISECONDS)

    await jonas.tap(re.compile("^Fortryd"))
    await expect(mette.named(HIS_STEP)).not_to_be_checked(timeout=PATIENCE_MILLISECONDS)


async def test_who_is_alone_here_is_told_what_a_family_can_do(open_phone):
    phone = await open_phone("sofie")
    await phone.arrive("/family", "Familie")

    await phone.sees("Her kan I som familie have mål sammen.")
