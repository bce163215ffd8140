"""Mere in the real app: everything the bar has no room for, what belongs together together."""

from i18n.translator import translator
from portal.contract.people import Role
from views.navigation import destinations


async def test_the_places_stand_under_headings_in_the_order_of_the_menu(open_app):
    screen = await open_app("/more")

    assert screen.heading() == "Mere"
    drawn = "\n".join(screen.texts())
    order = ["Det, der sker", "Kalender", "Løfter", "Referater", "Fakta om mig", "Deling", "Profil"]
    places = [drawn.index(words) for words in order]
    assert places == sorted(places)


async def test_every_place_is_in_the_bar_or_here(open_app):
    screen = await open_app("/more")

    for place in destinations(translator("da"), Role.CITIZEN):
        assert screen.sees(place.label), place.path


async def test_a_place_is_one_tap_away(open_app):
    screen = await open_app("/more")

    await screen.click("Referater")

    assert screen.route == "/minutes"
