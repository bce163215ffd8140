"""Who is behind a login, and what a person is told about themselves."""

from datetime import datetime

from planapi.authorization import require
from planapi.calendar import danish_date
from planapi.database import Row, Transaction
from planapi.errors import Invalid, NotAuthenticated, NotFound, Stale
from planapi.events import household_topic, municipality_topic, person_topic, plan_topic
from planapi.people import cpr_hash
from planapi.policy.actors import Actor
from planapi.policy.facts import NO_FACTS
from planapi.policy.resources import Resource, ResourceKind
from planapi.store import notifications as notification_store
from planapi.store import people as store
from portal.contract.actions import Action
from portal.contract.notifications import ChooseNotifications, NotificationChoice
from portal.contract.people import ChooseLanguage, LinkedIdentity, LinkIdentity, Me, Role


async def link_identity(tx: Transaction, login: LinkIdentity, secret: str) -> LinkedIdentity:
    """Tie a login that a broker has verified to a person; the same login again is the same person.

    A citizen is found by CPR number, a contact person by employer (CVR) and MitID Erhverv's id.
    Raises `NotFound` where nobody fits, and `Invalid` (cvr, ``not_served``) for an employer that
    is no municipality here: that person is told something else.
    """
    if login.role is Role.CONTACT_PERSON and not await store.is_served(tx, login.cvr):
        raise Invalid.field("cvr", "not_served")
    linked = await store.link_identity(
        tx,
        issuer=login.issuer,
        subject=login.subject,
        role=login.role,
        cpr_hash=_cpr_hash(login, secret),
        cvr=login.cvr,
        professional_id=login.professional_id,
    )
    if linked is None:
        raise NotFound
    return linked


def _cpr_hash(login: LinkIdentity, secret: str) -> bytes | None:
    if login.cpr is None:
        return None
    try:
        return cpr_hash(secret, login.cpr.get_secret_value())
    except ValueError:
        raise NotFound from None  # a number that is none is nobody's; nor does it go into a log


async def me(tx: Transaction, actor: Actor, now: datetime) -> Me:
    """Return who is signed in, and which topics of the event stream concern them."""
    row = await store.read_me(tx, actor.person_id, actor.role, danish_date(now))
    if row is None:
        raise NotAuthenticated
    require(actor, Action.READ, _self(actor), NO_FACTS, now)
    at_work = actor.role is Role.CONTACT_PERSON
    plans = row["plans_at_work"] if at_work else [row["plan_id"]]
    return Me(
        version=row["language_version"],
        id=row["id"],
        name=row["name"],
        role=actor.role,
        roles=_roles(row),
        language=row["language"],
        plan_id=row["plan_id"],
        household_ids=tuple(row["household_ids"]),
        topics=frozenset(
            [person_topic(row["id"])]
            + [plan_topic(plan_id) for plan_id in plans if plan_id is not None]
            + [household_topic(household_id) for household_id in row["household_ids"]]
            + ([municipality_topic(row["municipality_id"])] if at_work else [])
        ),
    )


def _roles(row: Row) -> tuple[Role, ...]:
    """A citizen is known by a CPR number, a contact person by an employment; some by both."""
    known = {Role.CITIZEN: row["is_citizen"], Role.CONTACT_PERSON: row["is_professional"]}
    return tuple(role for role, holds in known.items() if holds)


async def choose_language(
    tx: Transaction, actor: Actor, now: datetime, command: ChooseLanguage, version: int
) -> Me:
    """Keep the language that the person reads."""
    require(actor, Action.EDIT, _self(actor), NO_FACTS, now)
    written = await store.update_language(tx, actor.person_id, command.language, version)
    newest = await me(tx, actor, now)
    if not written:
        raise Stale(current=newest)
    return newest


async def notifications(tx: Transaction, actor: Actor, now: datetime) -> NotificationChoice:
    """Return how the person wants to be told of news."""
    require(actor, Action.READ, _self(actor), NO_FACTS, now)
    return await notification_store.read_choice(tx, actor.person_id)


async def choose_notifications(
    tx: Transaction, actor: Actor, now: datetime, command: ChooseNotifications, version: int
) -> NotificationChoice:
    """Keep how the person wants to be told of news."""
    require(actor, Action.EDIT, _self(actor), NO_FACTS, now)
    written = await notification_store.write_choice(tx, actor.person_id, command, version)
    newest = await notification_store.read_choice(tx, actor.person_id)
    if not written:
        raise Stale(current=newest)
    return newest


def _self(actor: Actor) -> Resource:
    return Resource(ResourceKind.PERSON, actor.person_id, actor.person_id)
