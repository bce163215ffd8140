"""Beskeder: a citizen and her contact person write to each other, each in a browser."""

import re

from playwright.async_api import expect

from tests.e2e.written import times_written, until_saved

SUBJECT, BODY, REPLY = re.compile("^Emne"), re.compile("^Din besked"), re.compile("^Dit svar")


async def test_a_message_and_its_answer_arrive_without_a_reload(open_phone):
    mette, louise = await open_phone("mette"), await open_phone("louise", wide=True)
    await louise.arrive("/work", "Indbakke")
    await mette.arrive("/messages", "Beskeder")

    await mette.tap("Skriv besked")
    await mette.on_screen("Skriv besked")
    await mette.write(SUBJECT, "Nøgler til biblioteket")
    await mette.write(BODY, "Hvem låser op for mig på torsdag?")
    await mette.tap("Send")
    await mette.on_screen("Nøgler til biblioteket")
    await mette.sees("Ikke læst endnu")

    await louise.tap(re.compile("Mette Holm Lauridsen.*Nøgler til biblioteket", re.DOTALL))
    await louise.on_screen("Nøgler til biblioteket")
    await louise.sees("Hvem låser op for mig på torsdag?")
    await mette.sees(re.compile("Læst i dag"))

    await louise.write(REPLY, "Karsten låser op klokken ni.")
    await louise.tap("Send")
    await louise.sees("Din besked er sendt")

    await mette.sees("Karsten låser op klokken ni.")
    await mette.sees("1 ny besked fra Louise Abildtrup")
    await louise.sees(re.compile("Læst i dag"))
    await louise.sees_not(re.compile("Ikke læst endnu"))


async def test_two_taps_on_send_send_one_message(open_phone, plan_database):
    phone = await open_phone("renee")
    await phone.arrive("/messages/new", "Skriv besked")
    await phone.write(SUBJECT, "Børnenes lægetid")
    await phone.write(BODY, "Kan vi flytte børnenes lægetid?")

    await phone.double_tap("Send")
    await phone.on_screen("Børnenes lægetid")
    await phone.write(REPLY, "Helst om eftermiddagen.")
    await phone.double_tap("Send")

    await phone.sees("Din besked er sendt")
    await expect(phone.entry(REPLY)).to_have_value("")
    assert times_written(plan_database, "Kan vi flytte børnenes lægetid?") == 1
    assert times_written(plan_database, "Helst om eftermiddagen.") == 1
    await phone.visit("/messages", "Beskeder")
    await expect(phone.named(re.compile("Børnenes lægetid"))).to_have_count(1)


async def test_what_was_typed_is_there_after_a_reload(open_phone, plan_database):
    phone = await open_phone("jonas")
    await phone.arrive("/messages/new", "Skriv besked")
    await phone.write(SUBJECT, "Min vagtplan")
    await phone.write(BODY, "Jeg får ny vagtplan i næste uge")
    await until_saved(plan_database, "jonas", "message:new", "Jeg får ny vagtplan i næste uge")

    await phone.page.reload()

    await phone.on_screen("Skriv besked")
    await phone.holds(SUBJECT, "Min vagtplan")
    await phone.holds(BODY, "Jeg får ny vagtplan i næste uge")


async def test_an_empty_message_says_what_to_do(open_phone):
    phone = await open_phone("sofie")
    await phone.arrive("/messages/new", "Skriv besked")

    await phone.tap("Send")

    await phone.sees("Skriv et emne")
    await phone.sees("Skriv din besked")


async def test_a_file_goes_with_a_message_and_the_other_side_sees_it(open_phone, tmp_path):
    letter = tmp_path / "brev.pdf"
    letter.write_bytes(b"%PDF-1.7\n1 0 obj\n%%EOF\n")
    phone = await open_phone("mette")
    await phone.arrive("/messages/new", "Skriv besked")
    await phone.write(SUBJECT, "Brevet fra lægen")
    await phone.write(BODY, "Her er det.")

    async with phone.page.expect_file_chooser() as chosen:
        await phone.tap("Vedhæft fil")
    await (await chosen.value).set_files(letter)
    await phone.sees("Klar til at sende")
    await phone.tap("Send")

    await phone.on_screen("Brevet fra lægen")
    await phone.sees("brev.pdf")
    louise = await open_phone("louise", wide=True)
    await louise.arrive("/work", "Indbakke")
    await louise.tap(re.compile("Brevet fra lægen"))
    await louise.sees("brev.pdf")


async def test_words_are_found_in_ones_messages(open_phone):
    phone = await open_phone("mette")
    await phone.arrive("/messages", "Beskeder")
    await phone.tap("Søg i dine beskeder")
    await phone.rewrite(re.compile("^Søg"), "Praktik")
    await phone.tap("Søg")

    await phone.sees("Samtaler med “Praktik”")
    await phone.tap("Vis alle beskeder")
    await phone.sees_not("Samtaler med “Praktik”")
