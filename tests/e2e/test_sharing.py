"""Deling: a consent opens what it names to whom it names, until it is withdrawn."""

import re

from sandbox.sample.ids import person_id

HEALTH = re.compile("^Sundhedsafdelingen|helbred", re.IGNORECASE)
WITHHELD = "Sundhed har flere oplysninger."


async def test_health_is_seen_from_the_consent_to_its_withdrawal_and_the_log_says_so(open_phone):
    mette, louise = await open_phone("mette"), await open_phone("louise", wide=True)
    await louise.arrive(f"/work/citizens/{person_id('mette')}", "Mette Holm Lauridsen")
    await louise.sees(WITHHELD)
    await louise.sees_not("Ryghold")

    await mette.arrive("/sharing", "Deling")
    await mette.tap("Giv samtykke")
    await mette.on_screen("Giv samtykke")
    await mette.tap(HEALTH)
    await mette.tap("Helbred")
    await mette.tap("Beskæftigelse")
    await mette.tap(re.compile("^3 måneder"))
    await mette.tap("Gå videre")
    await mette.on_screen("Tjek dine svar")
    await mette.double_tap("Giv samtykke")
    await mette.on_screen("Kvittering")
    await mette.sees("Dit samtykke er givet.")

    await louise.sees("Ryghold")
    await louise.sees_not(WITHHELD)

    await mette.visit("/log", "Hvem har set mine oplysninger")
    await mette.sees("Louise Abildtrup læste: en indsats")
    await mette.sees("Du har givet samtykke til at dele om dit helbred.")

    await mette.visit("/sharing", "Deling")
    await mette.tap(re.compile("^Træk samtykke tilbage: .*helbred", re.IGNORECASE))
    await mette.on_screen("Træk samtykke tilbage")
    await mette.sees("Det stopper nu")
    await mette.tap("Træk samtykke tilbage")
    await mette.on_screen("Kvittering")
    await mette.sees("Dit samtykke er trukket tilbage.")

    await louise.sees(WITHHELD)
    await louise.sees_not("Ryghold")
    await louise.page.reload()
    await louise.on_screen("Mette Holm Lauridsen")
    await louise.sees_not("Ryghold")


async def test_giving_wants_a_login_of_today_and_costs_no_choices_and_withdrawing_wants_none(
    phone, session_database
):
    def an_hour_passes() -> None:
        session_database.execute(
            "UPDATE login_session SET auth_time = now() - interval '61 minutes'"
            " WHERE person_id = %s",
            [person_id("renee")],
        )

    await phone.log_in("renee", draw=False)
    an_hour_passes()
    await phone.arrive("/sharing/new", "Giv samtykke")
    await phone.tap(HEALTH)
    await phone.tap("Helbred")
    await phone.tap("Beskæftigelse")
    await phone.tap(re.compile("^3 måneder"))
    await phone.tap("Gå videre")
    await phone.on_screen("Tjek dine svar")
    await phone.tap("Giv samtykke")
    await phone.on_screen("Log ind igen for at give samtykke")
    await phone.sees("Dine valg er gemt.")

    await phone.tap("Log ind med MitID")
    await phone.choose_identity("renee")
    await phone.on_screen("Tjek dine svar")
    await phone.sees("Beskæftigelse")
    await phone.tap("Giv samtykke")
    await phone.on_screen("Kvittering")

    an_hour_passes()
    await phone.arrive("/sharing", "Deling")
    await phone.tap(re.compile("^Træk samtykke tilbage: .*helbred", re.IGNORECASE))
    await phone.on_screen("Træk samtykke tilbage")
    await phone.tap("Træk samtykke tilbage")
    await phone.on_screen("Kvittering")
    await phone.sees("Dit samtykke er trukket tilbage.")


async def test_what_works_has_run_out_or_was_withdrawn_stands_apart(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/sharing", "Deling")

    for part in ("Gælder nu", "Udløbet", "Trukket tilbage"):
        await phone.page.get_by_role("heading", name=part, level=2, exact=True).wait_for()
    await phone.sees(re.compile("Du trak det tilbage"))
    await phone.sees(re.compile("Det udløb"))


async def test_a_consent_without_choices_says_what_is_missing(open_phone):
    phone = await open_phone("jonas")
    await phone.arrive("/sharing/new", "Giv samtykke")
    await phone.tap(HEALTH)

    await phone.tap("Gå videre")

    await phone.sees("Vælg mindst én slags oplysninger")
    await phone.sees("Vælg, hvor længe det gælder")
