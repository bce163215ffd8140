"""What several outlines show: a goal, an appointment, the contact person, a thread in a list."""

from i18n import formats
from i18n.translator import Translator
from portal.contract.goals import GoalState, GoalSummary
from portal.contract.messages import ThreadSummary
from portal.contract.people import ContactPerson, Deputy, Handover
from portal.contract.plans import Appointment
from views import words
from views.citizen.appointment_card import is_address, route_address
from views.citizen.calendar.answers import answer_in_words
from views.citizen.contact_card import handover_in_words
from views.components.people import initials, picture_address
from views.components.text import isolated
from views.messages.turns import turn
from views.outlines.document import (
    Block,
    Facts,
    Item,
    Link,
    Outline,
    Tone,
    Who,
    Words,
    notice,
    own,
    phone,
    quiet,
)
from views.viewer import Viewer

_SHOWS_STEPS = frozenset({GoalState.ACTIVE, GoalState.PAUSED})


def goal_item(t: Translator, goal: GoalSummary) -> Item:
    """Return a goal with its next step and how far it is."""
    blocks: list[Block] = []
    if goal.state in _SHOWS_STEPS:
        if goal.next_step:
            blocks.append(Words(t("Næste skridt: {step}", step=isolated(goal.next_step))))
        blocks.append(quiet(words.steps_done(t, goal)))
    else:
        blocks.append(quiet(words.goal_owner(t, goal.owner)))
    return Item(words.goal_title(goal), tuple(blocks), f"/goals/{goal.id}")


def appointment_item(t: Translator, appointment: Appointment) -> Item:
    """Return a meeting: when, what, where, with whom."""
    when = t(
        "{start} til {end}",
        start=formats.moment_in_words(t, appointment.starts_at),
        end=formats.clock_of(t, appointment.ends_at),
    )
    blocks: list[Block] = [Words(appointment.title), quiet(appointment.place)]
    if appointment.with_names:
        blocks.append(
            quiet(t("Sammen med {names}", names=formats.listed(t, appointment.with_names)))
        )
    return Item(formats.at_start(when), tuple(blocks))


def meeting_item(t: Translator, appointment: Appointment) -> Item:
    """Return the next meeting with the ways on."""
    item = appointment_item(t, appointment)
    ways: list[Block] = [Link(t("Læg i kalender"), f"/ics/appointments/{appointment.id}.ics")]
    if is_address(appointment.place):
        ways.append(Link(t("Vis vej"), route_address(appointment.place)))
    answer = appointment.answer
    said = (quiet(answer_in_words(t, answer)),) if answer else ()
    return Item(item.title, (*item.blocks, *said, *ways), f"/calendar/{appointment.id}")


def contact_blocks(
    t: Translator,
    person: ContactPerson,
    deputy: Deputy | None,
    handover: Handover | None = None,
) -> tuple[Block, ...]:
    """Return how to reach the contact person today: during an absence, the deputy."""
    reachable = deputy.person if deputy else person
    blocks: list[Block] = []
    if deputy:
        blocks.append(
            notice(
                t(
                    "{name} er væk til og med {day}. {deputy} hjælper dig imens.",
                    name=person.name,
                    day=formats.date_in_words(t, deputy.until),
                    deputy=deputy.person.name,
                )
            )
        )
        if deputy.greeting:
            blocks.append(own(deputy.greeting))
    if handover:
        blocks.append(notice(handover_in_words(t, handover)))
        if handover.greeting:
            blocks.append(own(handover.greeting))
    blocks += [
        Who(
            reachable.name,
            initials(reachable.name),
            picture_address(reachable.id, reachable.picture),
        ),
        quiet(f"{reachable.title}, {reachable.unit}"),
        phone(t("Ring {phone}", phone=formats.phone(reachable.phone)), reachable.phone),
        Link(t("Skriv besked"), "/messages/new"),
    ]
    if reachable.hours:
        hours = words.office_hours(t, reachable.hours)
        blocks.append(Facts(((t("Telefonen er åben"), hours),)))
    blocks.append(quiet(words.reply_time(t, reachable)))
    return tuple(blocks)


def thread_item(
    t: Translator, thread: ThreadSummary, viewer: Viewer, *, named: bool = False
) -> Item:
    """Return a thread; ``named`` ones, in a list of many citizens, begin with the citizen."""
    author, excerpt = thread.last_author, isolated(thread.excerpt)
    name = t("Dig") if author.id == viewer.person_id else words.person(t, author)
    blocks: list[Block] = [Words(thread.subject, Tone.STRONG)] if named else []
    blocks.append(Words(t("{name}: {excerpt}", name=name, excerpt=excerpt)))
    blocks.append(quiet(turn(t, thread, viewer.role).text))
    if thread.unread:
        blocks.append(quiet(t.plural("{n} ulæst", "{n} ulæste", thread.unread)))
    title = thread.citizen.name if named else thread.subject
    return Item(title, tuple(blocks), f"/messages/{thread.id}")


def nothing_here(t: Translator) -> Outline:
    """Return the page for an address that leads nowhere."""
    return Outline(
        t("Siden findes ikke"),
        (
            Words(t("Måske er adressen skrevet forkert, eller siden er flyttet.")),
            Link(t("Gå til forsiden"), "/"),
        ),
    )
