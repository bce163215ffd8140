"""Where each answer leads: the links of the OpenAPI document. Used by `planapi.openapi`.

Whoever tries the document out follows them, so that what is asked for is there.
"""

from typing import Final, NamedTuple


class Link(NamedTuple):
    """An operation, and its parameters out of the answer before."""

    operation: str
    parameters: dict[str, str]


_BODY: Final = "$response.body#"
_SEEN: Final = {"If-Match": "$response.header.ETag"}
_NEVER_SEEN: Final = {"If-Match": '"0"'}


def _with(name: str, *operations: str, at: str = "id") -> tuple[Link, ...]:
    """Operations that take something of the answer as a parameter of this name."""
    return tuple(Link(one, {name: f"{_BODY}/{at}"}) for one in operations)


def _changes(name: str, *operations: str, at: str = "id") -> tuple[Link, ...]:
    """The same for changes of what was answered, with its version."""
    return tuple(Link(one, {name: f"{_BODY}/{at}", **_SEEN}) for one in operations)


_PLAN: Final = f"{_BODY}/plan_id"

LINKS: Final[dict[str, tuple[Link, ...]]] = {
    "me": (
        Link("create_goal", {}),
        Link("start_thread", {}),
        Link("choose_language", _SEEN),
        *_with(
            "plan_id",
            "assessment",
            "follow_ups",
            "all_minutes",
            "told_facts",
            "overlaps",
            "load",
            "make_promise",
            "upload_attachment",
            at="plan_id",
        ),
    ),
    "notifications": (Link("choose_notifications", _SEEN),),
    "calendar_address": (
        Link("issue_calendar_address", _SEEN),
        Link("revoke_calendar_address", _SEEN),
    ),
    # Goals
    "goals": _with("goal_id", "goal", at="own/0/id"),
    "create_goal": (
        *_with("goal_id", "goal", "goal_history", "rate_goal", "add_step", "goal_shares"),
        *_changes("goal_id", "edit_goal", "move_goal"),
    ),
    "goal": _changes("goal_id", "edit_goal"),
    "add_step": _changes("step_id", "edit_step", "tick_step"),
    # Messages
    "threads": _with("thread_id", "thread", at="threads/0/id"),
    "start_thread": _with("thread_id", "thread", "send_message", "mark_read"),
    "upload_attachment": _with("attachment_id", "download_attachment", "drop_attachment"),
    # Talks
    "follow_ups": _with("plan_id", "book_follow_up", at="plan_id"),
    "book_follow_up": (
        *_with("follow_up_id", "follow_up", "follow_up_history", "add_agenda_item"),
        *_changes("follow_up_id", "edit_follow_up", "conclude_follow_up", "cancel_follow_up"),
    ),
    "add_agenda_item": tuple(
        Link(one, {"follow_up_id": f"{_BODY}/id", "item_id": f"{_BODY}/agenda/0/id", **_SEEN})
        for one in ("edit_agenda_item", "remove_agenda_item")
    ),
    "all_minutes": (
        *_with("plan_id", "write_minutes", at="plan_id"),
        *_with("minutes_id", "minutes", "comment_minutes", at="minutes/0/id"),
    ),
    "write_minutes": (
        *_with("minutes_id", "minutes", "minutes_history"),
        *_changes("minutes_id", "edit_minutes", "share_minutes"),
    ),
    "minutes": _changes("minutes_id", "confirm_minutes"),
    # What is known, and what is promised
    "assessment": tuple(
        Link(one, {"plan_id": _PLAN, "theme": f"{_BODY}/themes/0/theme/code", **_NEVER_SEEN})
        for one in ("edit_own_view", "edit_professional_view")
    ),
    "told_facts": (
        Link("tell_fact", {"plan_id": _PLAN, "topic": f"{_BODY}/topics/0/code", **_NEVER_SEEN}),
        *_with("plan_id", "ask_for_fact", at="plan_id"),
    ),
    "ask_for_fact": (
        *_with("request_id", "fact_request_history"),
        *_changes("request_id", "answer_fact_request"),
    ),
    "make_promise": (
        *_with("promise_id", "promise", "promise_history"),
        *_changes("promise_id", "edit_promise", "keep_promise"),
    ),
    "record_decision": _with("decision_id", "decision", "decision_history"),
    # Who may see
    "consents": _with("consent_id", "consent", "consent_receipt", at="consents/0/id"),
    "give_consent": _with("consent_id", "consent", "consent_receipt", "withdraw_consent"),
    "add_helper": _with("helper_id", "end_helper"),
    "households": _with("household_id", "invite_member", at="households/0/id"),
    "invite_member": _with("invitation_id", "withdraw_invitation"),
    # Work
    "citizens": _with(
        "citizen_id",
        "briefing",
        "case_workers",
        "helpers_of_citizen",
        "safety_hidings",
        at="citizens/0/id",
    )
    + _with(
        "plan_id",
        "assessment",
        "follow_ups",
        "all_minutes",
        "told_facts",
        "make_promise",
        "record_decision",
        at="citizens/0/plan_id",
    ),
    "absences": _changes("absence_id", "end_absence", at="absences/0/id"),
    "hide_for_safety": _changes("hiding_id", "lift_hiding"),
    # Deliveries
    **{
        f"deliver_{kind}": (
            Link(
                "withdraw_item",
                {
                    "kind": f"{kind}s",
                    "external_id": f"{_BODY}/external_id",
                    "version": f"{_BODY}/version",
                },
            ),
        )
        for kind in ("intervention", "appointment", "decision")
    },
}
"""By operation; what a client would call next with what it has just got."""
