"""Writes meetings as iCalendar (RFC 5545), which every telephone's calendar reads.

Times are Danish local times with their zone (section 3.3.5, form 3), so that a weekly meeting stays
where it is when the clocks change; the zone is described once (section 3.6.5).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from i18n.formats import DENMARK
from portal.web.meeting import Meeting

_PRODUCT: Final = "-//En Plan//Kalender//DA"
_REFRESH: Final = timedelta(hours=6)
_WINTER, _SUMMER = timedelta(hours=1), timedelta(hours=2)


def calendar_of(meetings: Iterable[Meeting], *, name: str, now: datetime) -> bytes:
    """Return a calendar called ``name``, as of ``now``."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)  # RFC 7986 section 5.1, and what went before it
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"value": "DURATION"})
    calendar.add_component(_denmark())
    for meeting in meetings:
        calendar.add_component(_event(meeting, now))
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Meeting, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.id}@enplan")
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence)
    event.add("dtstart", meeting.starts_at.astimezone(DENMARK))
    event.add("dtend", meeting.ends_at.astimezone(DENMARK))
    event.add("summary", meeting.title)
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.description:
        event.add("description", meeting.description)
    return event


def _denmark() -> Timezone:
    """Describe Danish time: directive 2000/84/EC, last Sundays of March and October, 1.00 UTC."""
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    summer.add("tzname", "CEST")
    summer.add("dtstart", datetime(1996, 3, 31, 2))  # noqa: DTZ001 - local, as the RFC wants it
    summer.add("tzoffsetfrom", _WINTER)
    summer.add("tzoffsetto", _SUMMER)
    summer.add("rrule", vRecur(freq="yearly", bymonth=3, byday="-1su"))
    winter.add("tzname", "CET")
    winter.add("dtstart", datetime(1996, 10, 27, 3))  # noqa: DTZ001 - as above
    winter.add("tzoffsetfrom", _SUMMER)
    winter.add("tzoffsetto", _WINTER)
    winter.add("rrule", vRecur(freq="yearly", bymonth=10, byday="-1su"))
    zone = Timezone()
    zone.add("tzid", DENMARK.key)
    zone.add_component(summer)
    zone.add_component(winter)
    return zone
