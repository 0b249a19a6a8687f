"""A calendar feed as iCalendar (RFC 5545, RFC 7986): one all-day event an item."""

from dataclasses import dataclass
from datetime import timedelta

from icalendar import Calendar, Event, vDuration

from tracker.lib.dates import format_date
from tracker.queries.feeds import Content, Entry
from tracker.words import Language

PRODUCT = "-//nqi-tracker//calendar feed//VI"
READ_EVERY, WRITTEN = timedelta(hours=4), "PT4H"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """Where the feed is served: events link there, and are told by the installation's name.

    The name stays when the address changes, or programs would show everything twice.
    """

    base_url: str
    installation: str


def write(title: str, content: Content, lang: Language, place: Place) -> bytes:
    """The feed under that title; folding, line ends and escapes are the library's."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        calendar.add(name, title)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    if content.is_cut:
        calendar.add("x-wr-caldesc", lang.gettext("Có nhiều mục hơn; lịch này chỉ mang một phần."))
    calendar.add("refresh-interval", vDuration(READ_EVERY), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", WRITTEN)
    for entry in content.entries:
        calendar.add_component(_event(entry, lang, place))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, lang: Language, place: Place) -> Event:
    event = Event()
    event.add("uid", f"{entry.kind}-{entry.code}@{place.installation}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + DAY)
    event.add("summary", f"{_sign(entry)}{entry.title} ({entry.code})")
    event.add("description", "\n".join(_lines(entry, lang)))
    event.add("url", f"{place.base_url}/{entry.kind}s/{entry.code}")
    event.add("categories", [lang.label(entry.strand)])
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _sign(entry: Entry) -> str:
    if entry.is_done:
        return "✓ "
    return "◆ " if entry.kind == "milestone" else ""


def _lines(entry: Entry, lang: Language) -> list[str]:
    """Group and strand, owner, dates and slip."""
    _ = lang.gettext
    group = entry.group_en if entry.group_en and lang.code == "en" else entry.group
    is_milestone = entry.kind == "milestone"
    lines = [f"{group} · {lang.label(entry.strand)}"]
    if entry.owner:
        lines.append(_("Phụ trách: %(name)s", name=entry.owner))
    if entry.planned:
        day = format_date(entry.planned)
        lines.append(
            _("Kế hoạch: %(day)s", day=day) if is_milestone else _("Thời hạn: %(day)s", day=day)
        )
    if entry.expected:
        day = format_date(entry.expected)
        lines.append(
            _("Hoàn thành: %(day)s", day=day) if entry.is_done else _("Dự kiến: %(day)s", day=day)
        )
    if entry.slip > 0:
        days = lang.ngettext("%(num)s ngày", "%(num)s ngày", entry.slip)
        working = lang.ngettext(
            "%(num)s ngày làm việc", "%(num)s ngày làm việc", entry.slip_working
        )
        lines.append(_("Chậm %(days)s (%(working)s)", days=days, working=working))
    return lines
