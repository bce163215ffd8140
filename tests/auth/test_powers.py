"""Powers of attorney: parsed, kept without the CPR number, and opening nothing by themselves."""

import base64

import pytest

from auth.brokers import profile_for
from auth.powers import Power, nothing_allowed, parse_powers

CPR = "1802602810"
GROUP = (
    '<PrivilegeGroup Scope="urn:dk:gov:saml:cprNumberIdentifier:{cpr}">'
    "<Privilege>urn:dk:kommune:enplan:laes</Privilege>"
    "<Privilege> urn:dk:kommune:enplan:skriv </Privilege></PrivilegeGroup>"
)
LIST = (
    '<?xml version="1.0" encoding="UTF-8"?><bpp:PrivilegeList '
    'xmlns:bpp="http://digst.dk/oiosaml/basic_privilege_profile">{groups}</bpp:PrivilegeList>'
)


def encoded(groups: str = GROUP.format(cpr=CPR), document: str = LIST) -> str:
    return base64.b64encode(document.format(groups=groups).encode()).decode()


def test_each_group_says_for_whom_and_what():
    (power,) = parse_powers(encoded())

    assert power.privileges == ("urn:dk:kommune:enplan:laes", "urn:dk:kommune:enplan:skriv")
    assert power.holder == "180260-••••"
    assert CPR not in repr(power)


def test_a_company_is_shown_by_its_number_and_any_other_scope_by_nothing():
    assert Power("urn:dk:gov:saml:cvrNumberIdentifier:12345678", ("x",)).holder == "12345678"
    assert Power("urn:dk:gov:saml:seNumberIdentifier:1", ("x",)).holder == ""
    assert Power("urn:dk:gov:saml:cprNumberIdentifier:180260", ("x",)).holder == ""


def test_the_bridge_passes_them_on():
    claim = "https://data.gov.dk/model/core/eid/privilegesIntermediate"

    person = profile_for("nemlogin-bridge").read_person({claim: encoded()})

    assert [power.holder for power in person.powers] == ["180260-••••"]


ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{groups}">]><x>&a;</x>'


@pytest.mark.parametrize(
    "rubbish",
    [
        None,
        "",
        "not base64!",
        encoded(document="<open>"),
        encoded(document=ENTITIES),
        encoded(groups="<PrivilegeGroup><Privilege>x</Privilege></PrivilegeGroup>"),
        encoded(groups="<Privilege>x</Privilege>"),
        encoded(groups=GROUP.format(cpr=CPR) * 1000),
        base64.b64encode(b"\xff\xfe\x00").decode(),
    ],
)
def test_what_cannot_be_read_is_no_power(rubbish):
    assert parse_powers(rubbish) == ()


def test_none_counts_until_a_rule_says_so():
    (power,) = parse_powers(encoded())

    assert not nothing_allowed(power)
