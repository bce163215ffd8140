"""Profil in the real app: the language changes at once, and one can leave."""

import flet as ft

from portal.contract.people import Role
from portal.plan_client import PlanUnavailable


async def test_a_chosen_language_works_at_once_and_is_kept(open_app, plan):
    screen = await open_app("/profile")
    assert screen.heading() == "Profil"
    await screen.choose("en")
    assert screen.heading() == "Profile"
    assert screen.sees("Overview")
    assert plan.language == "en"
    await screen.go("/")
    assert screen.heading() == "Overview"


async def test_a_language_that_cannot_be_kept_says_so(open_app, plan):
    screen = await open_app("/profile")
    plan.failure = PlanUnavailable()
    await screen.choose("en")
    assert screen.heading() == "Profil"
    assert screen.sees("Der er ingen forbindelse")


async def test_log_out_leaves_by_the_web_hosts_page(open_app):
    screen = await open_app("/profile")
    action = screen.button("Log ud").action
    assert isinstance(action, ft.OpenUrl)
    assert action.url == "/logout"


async def test_somebody_who_is_both_can_change_to_the_other_role(open_app, plan):
    plan.roles = (Role.CITIZEN, Role.CONTACT_PERSON)
    screen = await open_app("/profile")
    address = screen.button("Log ind som kontaktperson").action.url
    assert address == "/auth/login?role=contact_person&next=%2Fwork"


async def test_a_contact_person_who_lives_here_can_change_to_the_own_plan(open_app, plan):
    plan.roles = (Role.CITIZEN, Role.CONTACT_PERSON)
    screen = await open_app("/profile", role=Role.CONTACT_PERSON)
    assert screen.button("Log ind som borger").action.url == "/auth/login?role=citizen&next=%2F"


async def test_who_is_only_one_of_them_is_offered_no_other_role(open_app, plan):
    screen = await open_app("/profile")
    assert not screen.sees("Log ind som kontaktperson")
    plan.roles = (Role.CONTACT_PERSON,)
    at_work = await open_app("/profile", role=Role.CONTACT_PERSON)
    assert not at_work.sees("Log ind som borger")


async def test_without_a_line_the_profile_still_leads_out(open_app, plan):
    plan.failure = PlanUnavailable()
    screen = await open_app("/profile")
    assert screen.button("Log ud").action.url == "/logout"
    assert not screen.sees("Log ind som kontaktperson")


async def test_who_has_no_name_here_is_told_so(open_app):
    screen = await open_app("/profile", role=Role.CONTACT_PERSON, name="")
    assert screen.sees("Dit navn er ikke oplyst")
