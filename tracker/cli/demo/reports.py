"""The demo's reports: who owes them, and a year of them, issued in time but for a few.

`stories/reports.txt` has what was written: a part for each regime and period (== HAL 0; how many
periods back from the last that was closed), or for all other periods of a regime (== ALL), or for
all others (== *). Its lines are a section and its text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from functools import cache, partial
from itertools import count
from typing import TYPE_CHECKING, Any

from tracker.cli.demo.people import ADMINISTRATOR
from tracker.cli.demo.script import LAST_DAY, STORIES
from tracker.extensions import db
from tracker.lib.dates import ZONE
from tracker.lib.periods import Period, PeriodBasis, PeriodKind
from tracker.lib.regimes import Rule
from tracker.lib.text import nfc
from tracker.lib.workdays import Calendar
from tracker.models import Arrangement, Group, Orientation, Report, ReportRegime
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.services import regimes, report_reads, report_text, summaries
from tracker.services import reports as do
from tracker.services.act import Act

if TYPE_CHECKING:
    from tracker.cli.demo.past import Past

DIRECTOR, COMPILER = "Vinh", "Ngân"
EVERYBODY = Actor(person_id=0, person_name="", is_administrator=True)
SET_UP = time(16, 45)
DRAFTED, WRITTEN, SUBMITTED = time(0, 1), time(8, 10), time(9, 10)
RETURNED, AGAIN = time(10, 40), time(16, 10)
APPROVED, ISSUED = time(11), time(14)
CORRECTED_AFTER = 4  # working days
LATE_BY = 3  # working days
REMARKS = "Nêu rõ biện pháp và người chịu trách nhiệm cho từng nhiệm vụ quá hạn."
CORRECTION = "Bổ sung kết quả đo so sánh đến sau ngày chốt số liệu."
# The number of the first, and how many papers of others lie between two.
FIRST_NUMBER, NUMBERS_BETWEEN = 46, 9


class Fate(Enum):
    """What became of a report."""

    ISSUED = auto()
    LATE = auto()
    RETURNED = auto()
    CORRECTED = auto()
    LEFT_DRAFT = auto()
    LEFT_SUBMITTED = auto()
    LEFT_RETURNED = auto()


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A regime, by the word of its parts in the story, and who has to do with its reports."""

    word: str
    name: str
    starts: date
    rule: Rule
    writer: str
    approver: str
    clerk: str
    group: str = ""
    unit: str = ""
    responsible: str | None = None
    addressee: str = ""
    addressee_en: str = ""
    layout: Mapping[str, object] | None = None


def _month(working_days: int = 2) -> Rule:
    return Rule(kind=PeriodKind.MONTH, working_days=working_days)


def _of_group(key: str, name: str, starts: date, head: str, secretary: str) -> Owed:
    return Owed(
        word=key,
        name=f"Báo cáo tháng của tổ {name}",
        starts=starts,
        rule=_month(),
        writer=secretary,
        approver=head,
        clerk=secretary,
        group=key,
        addressee="Lãnh đạo Ủy ban",
        addressee_en="Leaders of the Commission",
    )


REGIMES = (
    _of_group("HAL", "Halal", date(2026, 2, 2), "Hà", "Dương"),
    _of_group("SOL", "Pin mặt trời", date(2026, 6, 1), "Đức", "Uyên"),
    _of_group("GHG", "Khí nhà kính", date(2026, 6, 1), "Anh", "Ước"),
    Owed(
        word="WEEK",
        name="Báo cáo tuần về phép thử nhiệt ẩm",
        starts=date(2026, 11, 9),
        rule=Rule(kind=PeriodKind.WEEK, basis=PeriodBasis.CALENDAR, weekday=4),
        writer="Uyên",
        approver="Đức",
        clerk="Uyên",
        group="SOL",
        responsible="Uyên",
    ),
    Owed(
        word="ALL",
        name="Báo cáo tổng hợp tháng",
        starts=date(2026, 10, 1),
        rule=_month(7),
        writer=COMPILER,
        approver=DIRECTOR,
        clerk=ADMINISTRATOR,
        responsible=COMPILER,
        addressee="Chủ tịch Ủy ban\nCác Phó Chủ tịch Ủy ban",
        addressee_en="The Chairman of the Commission\nThe Vice Chairmen of the Commission",
        layout={"orientation": Orientation.LANDSCAPE},
    ),
    Owed(
        word="QUARTER",
        name="Báo cáo quý theo cấu phần",
        starts=date(2026, 6, 1),
        rule=Rule(kind=PeriodKind.QUARTER, working_days=5),
        writer=COMPILER,
        approver=DIRECTOR,
        clerk=ADMINISTRATOR,
        responsible=COMPILER,
        addressee="Bộ Khoa học và Công nghệ",
        addressee_en="Ministry of Science and Technology",
        layout={"arranged_by": Arrangement.STRAND, "is_laid_out_as_shipped": True},
    ),
    Owed(
        word="YEAR",
        name="Báo cáo tổng kết năm",
        starts=date(2026, 6, 1),
        rule=Rule(kind=PeriodKind.YEAR, working_days=10),
        writer=COMPILER,
        approver=DIRECTOR,
        clerk=ADMINISTRATOR,
        responsible=COMPILER,
        addressee="Bộ Khoa học và Công nghệ",
        addressee_en="Ministry of Science and Technology",
    ),
    Owed(
        word="UNIT",
        name="Báo cáo quý của Viện Đo lường",
        starts=date(2026, 7, 1),
        rule=Rule(kind=PeriodKind.QUARTER, working_days=3),
        writer="Anh",
        approver=DIRECTOR,
        clerk=ADMINISTRATOR,
        unit="Viện Đo lường",
        responsible="Anh",
    ),
)
# By regime and how many periods back; all others were issued in time.
FATES = {
    ("SOL", 0): Fate.LEFT_SUBMITTED,
    ("GHG", 0): Fate.LEFT_RETURNED,
    ("ALL", 0): Fate.LEFT_DRAFT,
    ("HAL", 1): Fate.CORRECTED,
    ("SOL", 2): Fate.RETURNED,
    ("HAL", 3): Fate.LATE,
}


def tell(past: "Past") -> None:
    """Add the regimes and every report of the year."""
    numbers = count(FIRST_NUMBER, NUMBERS_BETWEEN)
    for owed in REGIMES:
        told = _Told(past, owed, numbers)
        past.on(owed.starts, SET_UP, told.set_up, ADMINISTRATOR)
        closed = owed.rule.closing(owed.starts + past.shift, LAST_DAY + past.shift - _DAY)
        for back, period in enumerate(reversed(list(closed))):
            told.tell(period, back)


def gather(owing: Sequence[Group], today: date) -> None:
    """Let each group of a crowd owe the report of the month that runs, from its first day on."""
    rule = Rule(kind=PeriodKind.MONTH)
    first = rule.containing(today).first
    at = datetime.combine(first, SET_UP, ZONE).astimezone(UTC)
    by = Act(person_id=None, at=at, cause="demo")
    for group in owing:
        name = f"Báo cáo tháng của tổ {group.name}"
        columns = {"period_kind": rule.kind, "basis": rule.basis, "starts_on": first}
        regimes.create(name, by=by, group_id=group.id, **columns)


class _Told:
    """The reports of one regime."""

    def __init__(self, past: "Past", owed: Owed, numbers: Iterator[int]) -> None:
        self._past = past
        self._owed = owed
        self._numbers = numbers
        self._regime: ReportRegime
        self._reports: dict[str, Report] = {}
        self._symbol = ""

    def set_up(self, act: Act) -> None:
        """The administrator makes the regime."""
        owed, past, rule = self._owed, self._past, self._owed.rule
        person = past.persons[owed.responsible] if owed.responsible else None
        self._regime = regimes.create(
            owed.name,
            by=act,
            group_id=past.groups[owed.group].group.id if owed.group else None,
            unit_id=past.units[owed.unit].id if owed.unit else None,
            period_kind=rule.kind,
            basis=rule.basis,
            weekday=rule.weekday,
            working_days=rule.working_days,
            responsible_id=person.id if person else None,
            addressee=owed.addressee,
            addressee_en=owed.addressee_en,
            starts_on=past.day(owed.starts),
            **(owed.layout or {}),
        )

    def tell(self, period: Period, back: int) -> None:
        """Add the life of the report on that period."""
        owed = self._owed
        due = owed.rule.deadline(period, Calendar())
        before = max(Calendar().add(due, -1), Calendar().next_working(period.last + _DAY))
        fate = FATES.get((owed.word, back), Fate.ISSUED)
        if fate is Fate.LATE:
            before, due = (Calendar().add(day, LATE_BY) for day in (before, due))
        text = _text(owed.word, back)
        self._on(period.last + _DAY, DRAFTED, self._begin, period)
        self._on(before, WRITTEN, self._write, period, text, who=owed.writer)
        if fate is Fate.LEFT_DRAFT:
            return
        self._on(before, SUBMITTED, self._submit, period, who=owed.writer)
        if fate is Fate.LEFT_SUBMITTED:
            return
        if fate in {Fate.RETURNED, Fate.LEFT_RETURNED}:
            self._on(due, RETURNED, self._return, period, who=owed.approver)
            if fate is Fate.LEFT_RETURNED:
                return
            self._on(due, AGAIN, self._submit, period, who=owed.writer)
            due = Calendar().add(due, 1)
        self._tell_issue(period, due)
        if fate is Fate.CORRECTED:
            later = Calendar().add(due, CORRECTED_AFTER)
            self._on(later, WRITTEN, self._reopen, period, who=owed.clerk)
            self._on(later, SUBMITTED, self._submit, period, who=owed.writer)
            self._tell_issue(period, Calendar().add(later, 1))

    def _tell_issue(self, period: Period, day: date) -> None:
        self._on(day, APPROVED, self._approve, period, who=self._owed.approver)
        # The clerk does one after the other: how all stand is kept with each, at a time of its own.
        clock = ISSUED.replace(minute=REGIMES.index(self._owed))
        self._on(day, clock, self._issue, period, who=self._owed.clerk)

    def _on(self, day: date, clock: time, do_: Any, *about: Any, who: str | None = None) -> None:  # noqa: ANN401
        """On a day of the calendar; what would be after the story has not happened yet."""
        told = day - self._past.shift
        if told <= LAST_DAY:
            self._past.on(told, clock, partial(do_, *about), who)

    # ------------------------------------------------------------ what happens

    def _begin(self, period: Period, act: Act) -> None:
        report = regimes.begin(self._regime, period, by=act)
        assert report is not None  # noqa: S101 - the demo's own, once
        self._reports[period.word] = report

    def _write(self, period: Period, text: Mapping[str, str], act: Act) -> None:
        report_text.write(self._reports[period.word], text, by=act)

    def _submit(self, period: Period, act: Act) -> None:
        report = self._reports[period.word]
        group = self._past.groups[self._owed.group].group if self._owed.group else None
        groups = [group] if group else read_groups.listing(EVERYBODY)
        facts = read.facts_of(report, groups, today=act.today)
        self._symbol = facts.organisation.symbol
        self._submitted = do.submit(report, do.freeze(report, facts), by=act)

    def _return(self, period: Period, act: Act) -> None:
        do.return_(self._reports[period.word], REMARKS, by=act, seen=self._submitted.id)

    def _approve(self, period: Period, act: Act) -> None:
        do.approve(self._reports[period.word], by=act, seen=self._submitted.id)

    def _issue(self, period: Period, act: Act) -> None:
        """Under a number of the year; how all stand then is kept with it."""
        summaries.refresh_touched(db.session())
        number = f"{next(self._numbers)}/BC-{self._symbol}"
        record = do.issue(self._reports[period.word], number, act.today, by=act)
        director = self._past.persons[DIRECTOR]
        read_by = Act(person_id=director.id, at=act.at + timedelta(hours=2), cause=act.cause)
        report_reads.remember(record.id, by=read_by)

    def _reopen(self, period: Period, act: Act) -> None:
        do.reopen(self._reports[period.word], CORRECTION, by=act)
        text = {"results": f"{_text(self._owed.word, 1)['results']} {CORRECTION}"}
        report_text.write(self._reports[period.word], text, by=act)


_DAY = timedelta(days=1)


def _text(word: str, back: int) -> Mapping[str, str]:
    parts = _read()
    return next(parts[part] for part in (f"{word} {back}", word, "*") if part in parts)


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    parts: dict[str, dict[str, str]] = {}
    here: dict[str, str] = {}
    for line in nfc((STORIES / "reports.txt").read_text("utf-8")).splitlines():
        if line.startswith("== "):
            here = parts[line.removeprefix("== ")] = {}
        elif line and not line.startswith("#"):
            section, text = line.split(": ", 1)
            here[section] = text
    return parts
