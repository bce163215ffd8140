"""A broker that misbehaves in one way at a time, over real HTTP: what is accepted, what is not."""

from datetime import timedelta

import pytest

from auth.config import LoginLimits
from sandbox.broker.outcomes import Outcome
from tests.auth.parts import Browser, new_client

# The modules of the OpenID conformance plan `oidcc-client-basic-certification-test-plan`. What else
# it has: scope-userinfo-claims and client-secret-basic are every login of `test_login.py`, where
# discovery-issuer-mismatch is too.
CONFORMANCE = {
    Outcome.OK: "client-test-idtoken-sig-rs256",
    Outcome.NO_KID: "kid-absent-single-jwks",
    Outcome.NO_KID_TWO_KEYS: "kid-absent-multiple-jwks",
    Outcome.BAD_SIGNATURE: "invalid-sig-rs256",
    Outcome.ALG_NONE: "idtoken-sig-none",
    Outcome.BAD_ISS: "invalid-iss",
    Outcome.BAD_AUD: "invalid-aud",
    Outcome.BAD_NONCE: "nonce-invalid",
    Outcome.NO_SUB: "missing-sub",
    Outcome.NO_IAT: "missing-iat",
    Outcome.USERINFO_BAD_SUB: "userinfo-invalid-sub",
}


def named(value: str) -> str:
    return CONFORMANCE.get(value, value) if isinstance(value, Outcome) else ""


@pytest.mark.parametrize(
    "outcome", [Outcome.OK, Outcome.NO_KID, Outcome.CLOCK_AHEAD, Outcome.CLOCK_BEHIND], ids=named
)
async def test_accepted(browser, broker, outcome):
    await broker.next(outcome)

    assert (await browser.log_in()).status_code == 303
    assert (await browser.session()).status_code == 200


async def test_a_key_that_was_changed_just_before_signing_is_accepted(browser, broker):
    """The conformance plan's signing-key-rotation-just-before-signing."""
    await browser.log_in()  # now the old keys are known
    await broker.next(Outcome.ROTATED_KEY)

    assert (await browser.log_in()).status_code == 303


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        # the signature
        (Outcome.BAD_SIGNATURE, "id_token_signature_invalid"),
        (Outcome.EMBEDDED_JWK, "id_token_signature_invalid"),
        (Outcome.ALG_NONE, "id_token_algorithm_not_allowed"),
        (Outcome.ALG_HS256, "id_token_algorithm_not_allowed"),
        (Outcome.ALG_UNLISTED, "id_token_algorithm_not_allowed"),
        (Outcome.UNKNOWN_KID, "id_token_no_fitting_key"),
        (Outcome.NO_KID_TWO_KEYS, "id_token_no_fitting_key"),
        # whose token, and for whom
        (Outcome.BAD_ISS, "id_token_wrong_issuer"),
        (Outcome.BAD_AUD, "id_token_wrong_audience"),
        (Outcome.BAD_AUD_WITH_AZP, "id_token_wrong_audience"),
        (Outcome.TWO_AUDIENCES, "id_token_wrong_audience"),
        (Outcome.BAD_AZP, "id_token_wrong_authorized_party"),
        (Outcome.BAD_NONCE, "id_token_wrong_nonce"),
        (Outcome.NO_NONCE, "id_token_wrong_nonce"),
        (Outcome.NO_SUB, "id_token_missing_sub"),
        (Outcome.EMPTY_SUB, "id_token_missing_sub"),
        # when
        (Outcome.EXPIRED, "id_token_expired"),
        (Outcome.NO_EXP, "id_token_missing_exp"),
        (Outcome.NO_IAT, "id_token_missing_iat"),
        (Outcome.OLD_IAT, "id_token_issued_too_long_ago"),
        (Outcome.FUTURE_IAT, "id_token_issued_in_the_future"),
        (Outcome.NOT_YET_VALID, "id_token_not_yet_valid"),
        # what it says
        (Outcome.NO_AT_HASH, "id_token_missing_at_hash"),
        (Outcome.BAD_AT_HASH, "id_token_wrong_at_hash"),
        (Outcome.NO_LOA, "id_token_missing_loa"),
        (Outcome.SESSION_OVER, "id_token_session_already_over"),
        (Outcome.NO_ID_TOKEN, "token_response_unusable"),
        # the way back and userinfo
        (Outcome.NO_ISS, "callback_without_issuer"),
        (Outcome.WRONG_ISS, "callback_issuer_mismatch"),
        (Outcome.WRONG_CODE, "token_endpoint_invalid_grant"),
        (Outcome.USERINFO_BAD_SUB, "userinfo_sub_mismatch"),
        (Outcome.USERINFO_NO_SUB, "userinfo_sub_mismatch"),
    ],
    ids=named,
)
async def test_refused(browser, broker, portal, outcome, why):
    await broker.next(outcome)

    page = await browser.log_in()

    assert page.json()["detail"] == why
    assert (page.json()["reason"], page.status_code) == ("invalid_response", 400)
    assert portal.linked.identities == []
    assert (await browser.session()).status_code == 401


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Outcome.ERROR_500, "broker_status_500"),
        (Outcome.GARBAGE, "broker_answer_is_not_json"),
        (Outcome.WRONG_CONTENT_TYPE, "broker_answer_is_not_json"),
        (Outcome.USERINFO_500, "broker_status_500"),
        (Outcome.USERINFO_GARBAGE, "broker_answer_is_not_json"),
    ],
)
async def test_a_broker_in_trouble_is_a_page(browser, broker, outcome, why):
    await broker.next(outcome)

    page = await browser.log_in()

    assert page.json()["detail"] == why
    assert (page.json()["reason"], page.status_code) == ("broker_unavailable", 200)
    assert (await browser.session()).status_code == 401


async def test_a_broker_that_takes_too_long_is_a_page(make_portal, broker):
    limits = LoginLimits(broker_timeout=timedelta(seconds=0.4))
    async with make_portal(limits) as portal, new_client() as http:
        await broker.next(Outcome.SLOW)
        page = await Browser(portal, http).log_in()

    assert page.json()["detail"] == "broker_too_slow"


async def test_a_step_up_without_a_time_of_login_is_refused(browser, broker):
    await broker.next(Outcome.NO_AUTH_TIME)

    page = await browser.log_in(prompt="login")

    assert page.json()["detail"] == "id_token_missing_auth_time"
