"""The assessment and what was told once, as FHIR: Observations, answers, and requests for them."""

from collections.abc import Iterator
from typing import Final

from planapi.fhir.parts import (
    Json,
    Names,
    concept,
    extensions,
    moment,
    period,
    reference,
)
from planapi.fhir.people import organization
from portal.contract.assessments import Assessment, AssessmentTheme, OwnView, ProfessionalView
from portal.contract.told_facts import FactRequest, FactRequestState, ToldFact, ToldFactList

_REQUEST_STATUS: Final = {
    FactRequestState.OPEN: "requested",
    FactRequestState.GRANTED: "completed",
    FactRequestState.REFUSED: "rejected",
    FactRequestState.STOPPED: "cancelled",
    FactRequestState.EXPIRED: "completed",
}


def assessment(found: Assessment, by: Names) -> Iterator[Json]:
    """Return each view of a theme, the citizen's own and the professionals'."""
    for one in found.themes:
        if one.own:
            yield _view(one.theme, one.own, by)
        for view in one.professional:
            yield _view(one.theme, view, by)


def told_facts(found: ToldFactList, by: Names) -> Iterator[Json]:
    """Return what was told, and who asked for it."""
    yield from (_fact(fact, by) for fact in found.facts)
    yield from (_request(request, by) for request in found.requests)


def _view(theme: AssessmentTheme, view: OwnView | ProfessionalView, by: Names) -> Json:
    administration = view.administration if isinstance(view, ProfessionalView) else None
    level = {"code": {"text": "level"}, "valueString": view.level} if view.level else {}
    return {
        "resourceType": "Observation",
        "id": view.id,
        "status": "final",
        "category": [concept("assessment_area", theme.area)],
        "code": concept("assessment_theme", theme.code, theme.name),
        "subject": by.subject(),
        "effectiveDateTime": moment(view.written_at),
        "performer": [by.person(view.written_by), organization(administration)],
        "valueString": view.text,
        "component": [level],
    }


def _fact(fact: ToldFact, by: Names) -> Json:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": fact.id,
        "status": "completed",
        "subject": by.subject(),
        "authored": moment(fact.given_at),
        "author": by.person(fact.given_by),
        "item": [
            {
                "linkId": fact.topic.code,
                "text": fact.topic.name,
                "answer": [{"valueString": fact.text}],
            }
        ],
        "extension": extensions(
            on_behalf=fact.on_behalf,
            first_asked_by=fact.first_asked_by,
            category=fact.topic.category,
            uses=[use.model_dump() for use in fact.uses],
        ),
    }


def _request(request: FactRequest, by: Names) -> Json:
    return {
        "resourceType": "Task",
        "id": request.id,
        "status": _REQUEST_STATUS[request.state],
        "businessStatus": concept("fact_request_state", request.state),
        "statusReason": {"text": request.reason},
        "intent": "proposal",
        "code": concept("fact_topic", request.topic.code, request.topic.name),
        "description": request.purpose,
        "for": by.subject(),
        "basedOn": [reference(request.plan_id)],
        "requester": by.person(request.asked_by),
        "owner": organization(request.administration),
        "authoredOn": moment(request.asked_at),
        "lastModified": moment(request.answered_at),
        "restriction": {"period": period(None, request.valid_until)},
    }
