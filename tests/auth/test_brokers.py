"""The broker profiles: what each is asked, and how its claims are read."""

import json
from datetime import date

import pytest

from auth.brokers import BROKERS, profile_for
from auth.brokers.profile import LoginWish
from auth.identity import EmployeeIdentity, Loa, Role

NSIS = "https://data.gov.dk/concept/core/nsis/"
EID = "https://data.gov.dk/model/core/eid/"


def asked(name, role=Role.CITIZEN, loa=Loa.SUBSTANTIAL, language="da"):
    return profile_for(name).request_parameters(LoginWish(role, loa, language))


@pytest.mark.parametrize("name", BROKERS)
def test_every_broker_has_a_profile_that_asks_for_openid_and_allows_no_weak_algorithm(name):
    assert "openid" in asked(name)["scope"].split()
    assert profile_for(name).name is name
    assert not {"none", "HS256"} & set(profile_for(name).algorithms)


@pytest.mark.parametrize("name", BROKERS)
@pytest.mark.parametrize("claims", [{}, {"loa": 3}, {"loa": ""}, {"loa": NSIS}, {"acr": "0"}])
def test_no_broker_lets_a_missing_assurance_pass(name, claims):
    assert profile_for(name).read_loa(claims) is None


def test_neb_is_asked_for_mitid_and_the_cpr():
    wanted = asked("neb", loa=Loa.HIGH, language="en")

    assert wanted["scope"] == "openid mitid ssn"
    assert wanted["idp_values"] == "mitid"
    assert json.loads(wanted["idp_params"]) == {"mitid": {"loa_value": "high"}}
    assert wanted["language"] == "en"
    assert "acr_values" not in wanted


def test_neb_is_asked_for_mitid_erhverv_for_employees():
    wanted = asked("neb", Role.CONTACT_PERSON)

    assert wanted["idp_values"] == "mitid_erhverv"
    assert wanted["scope"].split() == ["openid", "nemlogin"]


def test_a_broker_speaks_english_to_those_whose_language_it_lacks():
    assert asked("neb", language="ar")["language"] == "en"
    assert asked("neb", language="kl")["language"] == "kl"
    assert asked("idura", language="uk")["ui_locales"] == "en"


@pytest.mark.parametrize("broker", ["generic", "nemlogin-bridge"])
def test_a_broker_that_takes_a_list_gets_the_readers_language_first(broker):
    assert asked(broker, language="ar")["ui_locales"] == "ar en da"
    assert asked(broker, language="da")["ui_locales"] == "da en"


@pytest.mark.parametrize(("level", "loa"), [("Low", Loa.LOW), ("High", Loa.HIGH)])
def test_neb_assurance_is_read_from_its_uri(level, loa):
    assert profile_for("neb").read_loa({"loa": NSIS + level}) is loa


def test_idura_is_asked_and_read_by_one_acr():
    idura = profile_for("idura")

    assert asked("idura")["acr_values"] == "urn:grn:authn:dk:mitid:substantial"
    business = asked("idura", Role.CONTACT_PERSON)
    assert business["acr_values"] == "urn:grn:authn:dk:mitid:business"
    assert idura.read_loa({"authenticationtype": "urn:grn:authn:dk:mitid:low"}) is Loa.LOW
    assert idura.read_loa({"authenticationtype": "urn:grn:authn:se:bankid"}) is None


def test_idura_person_and_employee():
    idura = profile_for("idura")
    claims = {
        "uuid": "u",
        "name": "Anna",
        "cprNumberIdentifier": "7105841234",
        "birthdate": "1984-05-11",
        "age": "40",
    }

    person = idura.read_person(claims)
    assert (person.uuid, person.cpr, person.birth_date) == ("u", "7105841234", date(1984, 5, 11))
    assert idura.read_employee(claims) is None
    employee = idura.read_employee(claims | {"employee": "true", "cvrNumberIdentifier": "1"})
    assert employee == EmployeeIdentity("1", "u", None)


def test_nemlogin_bridge_reads_both_spellings_of_the_assurance():
    bridge = profile_for("nemlogin-bridge")

    assert bridge.read_loa({NSIS + "loa": "Substantial"}) is Loa.SUBSTANTIAL
    assert bridge.read_loa({NSIS + "loa": NSIS + "High"}) is Loa.HIGH
    person = bridge.read_person(
        {EID + "cprUuid": "u", EID + "firstName": "A", EID + "lastName": "B"}
    )
    assert (person.uuid, person.name) == ("u", "A B")


def test_a_birth_date_that_cannot_be_read_stops_nobody():
    assert profile_for("neb").read_person({"mitid.date_of_birth": "?"}).birth_date is None


def test_assurance_levels_are_ordered():
    assert Loa.HIGH.meets(Loa.SUBSTANTIAL)
    assert Loa.SUBSTANTIAL.meets(Loa.SUBSTANTIAL)
    assert not Loa.LOW.meets(Loa.SUBSTANTIAL)
