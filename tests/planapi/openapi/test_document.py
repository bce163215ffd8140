"""The OpenAPI document says everything that a client needs, and breaks no client."""

import json
from copy import deepcopy
from pathlib import Path

import jsonschema_rs
import pytest
from typer.testing import CliRunner

from planapi.app import create_app
from planapi.settings import PlanApiSettings
from portal.cli import app
from tests.planapi.openapi.compare import breaking_changes, sent

RELEASED = Path(__file__).parents[3] / "docs" / "openapi" / "v1.json"
"""Made anew with each release: `enplan planapi-contract > docs/openapi/v1.json`."""


@pytest.fixture(scope="module")
def document() -> dict:
    settings = PlanApiSettings(
        database_url="postgresql://nobody@/nothing",
        actor_jwks_url="http://localhost:8550/auth/jwks.json",
        actor_issuer="http://localhost:8550",
        secret_key="x" * 40,
    )
    return create_app(settings).openapi()


@pytest.fixture(scope="module")
def released() -> dict:
    return json.loads(RELEASED.read_text("utf-8"))


def test_the_command_prints_the_document_of_today(document):
    printed = CliRunner().invoke(app, ["planapi-contract"])

    assert json.loads(printed.stdout) == json.loads(json.dumps(document))


def operations(document) -> list[dict]:
    return [one for operations in document["paths"].values() for one in operations.values()]


def test_it_is_openapi_3_1_and_every_operation_has_a_name_of_its_own(document):
    names = [operation["operationId"] for operation in operations(document)]

    assert document["openapi"].startswith("3.1")
    assert len(names) == len(set(names))


def test_every_operation_and_parameter_says_what_it_is(document):
    silent = [
        (operation["operationId"], part.get("name", "itself"))
        for operation in operations(document)
        for part in (operation, *operation.get("parameters", ()))
        if not part.get("description")
    ]

    assert silent == []


def test_every_property_says_what_it_is(document):
    silent = [
        (name, field)
        for name, schema in document["components"]["schemas"].items()
        for field, property_ in schema.get("properties", {}).items()
        if "description" not in property_ and "$ref" not in str(property_)
    ]

    assert silent == []


def test_every_part_of_a_command_refuses_fields_that_it_does_not_know(document):
    objects = {
        name: document["components"]["schemas"][name].get("additionalProperties")
        for name in sent(document)
        if document["components"]["schemas"][name].get("type") == "object"
    }

    assert {name for name, others in objects.items() if others is not False} == {
        "Body_token"  # a token endpoint ignores what it does not know (RFC 6749 section 3.2)
    }


def test_every_error_is_a_problem_and_has_an_example(document):
    problems = document["components"]["schemas"]["ProblemType"]["enum"]
    shown = set()
    for operation in operations(document):
        for status, response in operation["responses"].items():
            if status[0] in "45" and operation["operationId"] != "token":
                refusal = document["components"]["responses"][response["$ref"].split("/")[-1]]
                content = refusal["content"]["application/problem+json"]
                assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
                shown |= {one["value"]["type"] for one in content["examples"].values()}

    assert shown == set(problems)


def test_every_change_says_how_it_may_be_refused(document):
    for operation in operations(document):
        parameters = operation.get("parameters", ())
        names = {parameter["name"] for parameter in parameters}
        needed = {parameter["name"] for parameter in parameters if parameter["required"]}
        statuses = set(operation["responses"])
        if "requestBody" in operation:
            assert {"413", "422"} <= statuses, operation["operationId"]
        if "If-Match" in names:
            assert "412" in statuses, operation["operationId"]
            assert ("428" in statuses) == ("If-Match" in needed), operation["operationId"]
        if "Idempotency-Key" in names:
            assert {"400", "422"} <= statuses, operation["operationId"]


WITHOUT_A_KEY = {
    "token": "an assertion counts once by its own id (RFC 7523)",
}


def test_every_post_has_a_key_but_for_those_that_need_none(document):
    bare = {
        post["operationId"]
        for operations in document["paths"].values()
        if (post := operations.get("post"))
        and not any(one["name"] == "Idempotency-Key" for one in post.get("parameters", ()))
    }

    assert bare == set(WITHOUT_A_KEY)


WITHOUT_A_VERSION = {
    "mark_goal_seen": "only ever rises",
    "mark_read": "only ever rises",
    "drop_draft": "may name one; without, it ends, whatever it is",
    "drop_attachment": "ends what never changes",
    "end_case_worker": "ends what never changes",
    "unshare_goal": "ends what never changes; closing a door is never refused",
    "deliver_intervention": "the source has versions of its own",
    "deliver_appointment": "the source has versions of its own",
    "deliver_decision": "the source has versions of its own",
    "deliver_items": "the source has versions of its own",
    "withdraw_item": "the source has versions of its own",
}


def test_every_change_names_the_version_seen_but_for_those_that_need_none(document):
    bare = {
        operation["operationId"]
        for operations in document["paths"].values()
        for method in ("put", "patch", "delete")
        if (operation := operations.get(method))
        and not any(
            one["name"] == "If-Match" and one["required"] for one in operation.get("parameters", ())
        )
    }

    assert bare == set(WITHOUT_A_VERSION)


def test_what_has_a_version_is_answered_with_it_as_etag(document):
    without = [
        path
        for path, methods in document["paths"].items()
        if any(one["name"] == "If-Match" for one in methods.get("put", {}).get("parameters", ()))
        and "ETag" not in methods["put"]["responses"]["200"]["headers"]
    ]
    readings = {"goals/{goal_id}", "goals", "me", "me/notifications", "calendar-address"}
    without += [
        path
        for path in readings
        if "ETag" not in document["paths"][f"/v1/{path}"]["get"]["responses"]["200"]["headers"]
    ]

    assert without == []


def test_every_example_is_valid(document):
    for name, schema in document["components"]["schemas"].items():
        examples = schema.get("examples", ())
        assert examples or schema.get("type") != "object", name
        whole = {**schema, "components": document["components"]}
        validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
        for example in examples:
            assert [
                (error.instance_path, error.message) for error in validator.iter_errors(example)
            ] == [], name


def test_every_link_leads_to_an_operation_with_that_parameter(document):
    known = {operation["operationId"]: operation for operation in operations(document)}
    for operation in known.values():
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                target = known[link["operationId"]]
                names = {parameter["name"] for parameter in target["parameters"]}
                assert set(link["parameters"]) <= names, link


def test_a_client_of_the_released_contract_still_works(document, released):
    assert breaking_changes(released, document) == []


BREAKING = {
    "POST /v1/goals is gone": lambda it: it["paths"]["/v1/goals"].pop("post"),
    "PUT /v1/steps/{step_id}/done: parameter if-match is gone": lambda it: it["paths"][
        "/v1/steps/{step_id}/done"
    ]["put"].update(parameters=[]),
    "NewGoal.emoji is refused now": lambda it: _schema(it, "NewGoal")["properties"].pop("emoji"),
    "NewGoal.why is required now": lambda it: _schema(it, "NewGoal")["required"].append("why"),
    "NewGoal.title has a smaller maxLength": lambda it: _schema(it, "NewGoal")["properties"][
        "title"
    ].update(maxLength=10),
    "NewRating.value has a larger minimum": lambda it: _schema(it, "NewRating")["properties"][
        "value"
    ].update(minimum=1),
    "Theme does not take work any more": lambda it: _schema(it, "Theme")["enum"].remove("work"),
    "CitizenGoal.why is gone": lambda it: _schema(it, "CitizenGoal")["properties"].pop("why"),
    "CitizenGoal.title may be null now": lambda it: _schema(it, "CitizenGoal")["properties"].update(
        title={"anyOf": [{"type": "string"}, {"type": "null"}]}
    ),
    "CitizenGoal.title may be absent now": lambda it: _schema(it, "CitizenGoal")["required"].remove(
        "title"
    ),
    "Goal may be MeetingGoal now": lambda it: _schema(it, "Goal")["oneOf"].append(
        {"$ref": "#/components/schemas/MeetingGoal"}
    ),
    "ChooseNotifications.quiet does not take ChooseQuietHours any more": lambda it: _rename(
        it, "ChooseQuietHours", "Night"
    )["required"].append("why"),
    "GET /v1/plan: does not answer 200 any more": lambda it: it["paths"]["/v1/plan"]["get"][
        "responses"
    ].pop("200"),
}


def _schema(document, name):
    return document["components"]["schemas"][name]


def _rename(document, name, new):
    schemas = document["components"]["schemas"]
    schemas[new] = deepcopy(schemas[name])
    (field,) = schemas["ChooseNotifications"]["properties"]["quiet"]["anyOf"][:1]
    field["$ref"] = field["$ref"].replace(name, new)
    return schemas[new]


@pytest.mark.parametrize("expected", BREAKING)
def test_what_would_break_a_client_is_noticed(document, expected):
    changed = deepcopy(document)
    BREAKING[expected](changed)

    found = breaking_changes(document, changed)

    assert any(one.startswith(expected) for one in found), found


def test_what_is_only_added_breaks_nobody(document):
    grown = deepcopy(document)
    grown["paths"]["/v1/new"] = grown["paths"]["/v1/plan"]
    _schema(grown, "CitizenGoal")["properties"]["colour"] = {"type": "string"}
    _schema(grown, "NewGoal")["properties"]["colour"] = {"type": "string"}
    _schema(grown, "NewGoal")["properties"]["title"]["maxLength"] = 400
    _schema(grown, "Theme")["enum"].append("culture")
    _rename(grown, "ChooseQuietHours", "Night")

    assert breaking_changes(document, grown) == []
