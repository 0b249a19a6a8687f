"""The computed health of a workstream and the facts behind it (the table of product.md)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from tracker.lib import freshness
from tracker.lib.dates import format_date
from tracker.lib.freshness import Freshness
from tracker.lib.lateness import DUE_SOON_WORKING_DAYS
from tracker.lib.workdays import Calendar

# Values of task statuses that matter here (product.md).
_TODO, _BLOCKED, _DONE, _DROPPED = "todo", "blocked", "done", "dropped"


class Health(StrEnum):
    """How a workstream stands; members in the order the table asks for them."""

    NO_PLAN = "no_plan"
    LATE = "late"
    AT_RISK = "at_risk"
    DONE = "done"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"

    @property
    def shape(self) -> str:
        """The sign that goes with the colour, so that colour is never alone."""
        return _SHAPES[self]

    @property
    def severity(self) -> int:
        """How much it asks for attention, 0 to 4; not started and on track ask for as much."""
        return _SEVERITY[self]

    def better_than(self, other: "Health") -> bool:
        """Whether declaring this over that needs a sentence."""
        return self.severity < other.severity


def missing(declared: Health, computed: Health, sentence: str, recovery: str) -> tuple[str, ...]:
    """What a declaration still lacks, as codes of sentences: always a sentence, which has to
    explain what is better than the plan; a recovery line for what is late either way.
    """
    better = declared.better_than(computed)
    lacking = {
        "declared_no_plan": declared is Health.NO_PLAN,
        "better_sentence_needed": better and not sentence.strip(),
        "declared_sentence_needed": not better and not sentence.strip(),
        "recovery_needed": Health.LATE in {declared, computed} and not recovery.strip(),
    }
    return tuple(code for code, lacks in lacking.items() if lacks)


_SHAPES = {
    Health.NO_PLAN: "◌",
    Health.LATE: "■",
    Health.AT_RISK: "▲",
    Health.DONE: "✓",
    Health.NOT_STARTED: "○",
    Health.ON_TRACK: "●",
}
_SEVERITY = {
    Health.LATE: 4,
    Health.AT_RISK: 3,
    Health.NO_PLAN: 2,
    Health.NOT_STARTED: 1,
    Health.ON_TRACK: 1,
    Health.DONE: 0,
}


@dataclass(frozen=True)
class Thresholds:
    """What an administrator may change; days are calendar days.

    Late: an open milestone slips by more than `late_slip_days`, or at least `overdue_percent`
    of the open tasks and at least `overdue_least` of them are overdue. At risk: a slip of more
    than `risk_slip_days`, or a task blocked for more than `blocked_days`.
    """

    risk_slip_days: int = 7
    late_slip_days: int = 30
    overdue_percent: int = 20
    overdue_least: int = 2
    blocked_days: int = 7

    def tone(self, slip_days: int) -> str:
        """What the slip of an open milestone makes of its workstream: "late", "risk" or ""."""
        if slip_days > self.late_slip_days:
            return "late"
        return "risk" if slip_days > self.risk_slip_days else ""


# ---------------------------------------------------------------- facts


class MilestoneFact(NamedTuple):
    """What judging needs of a milestone; `code` as in HAL-M3.

    `confirmed_on` is when somebody last said that it stands as it is written.
    """

    code: str
    title: str
    baseline: date | None = None
    forecast: date | None = None
    closed_on: date | None = None
    confirmed_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Not closed yet."""
        return self.closed_on is None

    @property
    def expected(self) -> date | None:
        """The forecast, else the baseline."""
        return self.forecast or self.baseline

    @property
    def slip_days(self) -> int | None:
        """The forecast (of a closed one the actual date) less the baseline in days.

        Negative when early; None without a baseline.
        """
        if self.baseline is None:
            return None
        return ((self.closed_on or self.forecast or self.baseline) - self.baseline).days


class TaskFact(NamedTuple):
    """What judging needs of a task; `blocked_since` only while its status is blocked."""

    code: str
    status: str
    due: date | None = None
    start: date | None = None
    progress: int = 0
    blocked_since: date | None = None
    confirmed_on: date | None = None
    is_top_level: bool = True


@dataclass(frozen=True)
class WorkstreamFacts:
    """All that the health of a workstream follows from, whatever the day it is judged on.

    Only top-level tasks are counted; dropped ones stand apart. `open_dues` has each due day of
    open tasks once, in order, with how many; `undated` counts open tasks without one.
    `blocked_since` holds (day, task code) of blocked tasks, `confirmed` each day on which open
    tasks were last confirmed with how many; milestones tell that themselves. Kept as JSON beside
    the plan, in the transaction of each change.
    """

    done: int = 0
    dropped: int = 0
    undated: int = 0
    open_dues: tuple[tuple[date, int], ...] = ()
    blocked_since: tuple[tuple[date, str], ...] = ()
    begun: bool = False
    earliest_start: date | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    confirmed: tuple[tuple[date, int], ...] = ()

    @property
    def open(self) -> int:
        """Unfinished tasks."""
        return self.undated + sum(number for _, number in self.open_dues)

    @property
    def total(self) -> int:
        """All tasks but the dropped ones."""
        return self.done + self.open

    def due_before(self, day: date) -> int:
        """Open tasks due before that day: the overdue ones of the day."""
        return sum(number for due, number in self.open_dues if due < day)

    def freshness(self, today: date, calendar: Calendar) -> Freshness:
        """How lately open tasks and milestones were confirmed, as of that day."""
        milestones = ((m.confirmed_on, 1) for m in self.milestones if m.is_open and m.confirmed_on)
        since = freshness.reference(today, calendar)
        return freshness.judge((*self.confirmed, *milestones), today, since)

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; days as ISO text."""
        return {
            "done": self.done,
            "dropped": self.dropped,
            "undated": self.undated,
            "open_dues": [[due.isoformat(), number] for due, number in self.open_dues],
            "blocked_since": [[since.isoformat(), code] for since, code in self.blocked_since],
            "begun": self.begun,
            "earliest_start": _iso(self.earliest_start),
            "milestones": [
                [m.code, m.title, *map(_iso, (m.baseline, m.forecast, m.closed_on, m.confirmed_on))]
                for m in self.milestones
            ],
            "confirmed": [[on.isoformat(), number] for on, number in self.confirmed],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "WorkstreamFacts":
        """Undo `to_json`; a key that is absent means nothing of that.

        The days of a year share their names and dates: those of several are held at once.
        """
        day = date.fromisoformat
        return cls(
            done=data.get("done", 0),
            dropped=data.get("dropped", 0),
            undated=data.get("undated", 0),
            open_dues=tuple((day(due), number) for due, number in data.get("open_dues", ())),
            blocked_since=tuple((day(at), code) for at, code in data.get("blocked_since", ())),
            begun=data.get("begun", False),
            earliest_start=_day(data.get("earliest_start")),
            milestones=tuple(
                MilestoneFact(intern(code), intern(title), *map(_day, days))
                for code, title, *days in data.get("milestones", ())
            ),
            confirmed=tuple((day(on), number) for on, number in data.get("confirmed", ())),
        )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@lru_cache(maxsize=4096)
def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def gather(tasks: Iterable[TaskFact], milestones: Iterable[MilestoneFact]) -> WorkstreamFacts:
    """Sum up a workstream; the order of tasks does not matter, that of milestones is kept.

    Begun: a task left "todo" (not by being dropped) or has progress, or a milestone is closed.
    """
    kept = tuple(milestones)
    top = [task for task in tasks if task.is_top_level]
    live = [task for task in top if task.status != _DROPPED]
    unfinished = [task for task in live if task.status != _DONE]
    dues = Counter(task.due for task in unfinished if task.due)
    confirmed = Counter(task.confirmed_on for task in unfinished if task.confirmed_on)
    return WorkstreamFacts(
        done=len(live) - len(unfinished),
        dropped=len(top) - len(live),
        undated=sum(task.due is None for task in unfinished),
        open_dues=tuple(sorted(dues.items())),
        blocked_since=tuple(sorted(_blocked(unfinished))),
        begun=any(map(_is_begun, live)) or not all(m.is_open for m in kept),
        earliest_start=min((task.start for task in live if task.start), default=None),
        milestones=kept,
        confirmed=tuple(sorted(confirmed.items())),
    )


def _blocked(tasks: Iterable[TaskFact]) -> Iterable[tuple[date, str]]:
    return (
        (task.blocked_since, task.code)
        for task in tasks
        if task.status == _BLOCKED and task.blocked_since
    )


def _is_begun(task: TaskFact) -> bool:
    return task.status != _TODO or task.progress > 0


# ---------------------------------------------------------------- judgement


@dataclass(frozen=True)
class Reason:
    """A fact behind a colour: `words.SENTENCES[code]` filled in with `texts`."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def texts(self) -> dict[str, object]:
        """The values with dates written out as dd/mm/yyyy."""
        return {
            name: format_date(value) if isinstance(value, date) else value
            for name, value in self.values.items()
        }


@dataclass(frozen=True)
class Judgement:
    """What a cell of the board shows of a workstream on a day; tasks are top-level ones."""

    health: Health
    reasons: tuple[Reason, ...]
    total: int
    done: int
    open: int
    overdue: int
    due_soon: int
    blocked: int
    next_milestone: MilestoneFact | None
    freshness: Freshness
    last_closed: MilestoneFact | None = None

    @property
    def shown_milestone(self) -> MilestoneFact | None:
        """The next milestone; when all are closed, the one closed last."""
        return self.next_milestone or self.last_closed

    @property
    def slip_days(self) -> int | None:
        """How far that milestone slips; None without one or without a baseline."""
        return self.shown_milestone.slip_days if self.shown_milestone else None


class _Case(NamedTuple):
    """What the rows of the table are asked about."""

    facts: WorkstreamFacts
    today: date
    limits: Thresholds
    overdue: int
    open_milestones: tuple[MilestoneFact, ...]


def judge(
    facts: WorkstreamFacts, today: date, thresholds: Thresholds, calendar: Calendar
) -> Judgement:
    """Find the first row of the table that has a reason, and name all its reasons."""
    overdue = facts.due_before(today)
    open_milestones = tuple(m for m in facts.milestones if m.is_open)
    case = _Case(facts, today, thresholds, overdue, open_milestones)
    health, reasons = _first_match(case)
    soon = facts.due_before(calendar.add(today, DUE_SOON_WORKING_DAYS + 1)) - overdue
    return Judgement(
        health=health,
        reasons=reasons,
        total=facts.total,
        done=facts.done,
        open=facts.open,
        overdue=overdue,
        due_soon=soon,
        blocked=len(facts.blocked_since),
        next_milestone=min(open_milestones, key=_by_expected, default=None),
        freshness=facts.freshness(today, calendar),
        last_closed=max(
            (m for m in facts.milestones if m.closed_on), key=_by_closing, default=None
        ),
    )


def _by_expected(milestone: MilestoneFact) -> date:
    return milestone.expected or date.max


def _by_closing(milestone: MilestoneFact) -> date:
    return milestone.closed_on or date.min


def _first_match(case: _Case) -> tuple[Health, tuple[Reason, ...]]:
    for health, row in _TABLE:
        reasons = tuple(row(case))
        if reasons:
            return health, reasons
    return Health.ON_TRACK, (Reason("on_plan"),)


def _no_plan(case: _Case) -> list[Reason]:
    """Dropped tasks are no plan either: otherwise they would show as done."""
    planned = case.facts.milestones or case.facts.total
    return [] if planned else [Reason("no_plan")]


def _late(case: _Case) -> list[Reason]:
    slipped = _slips(case, over=case.limits.late_slip_days)
    return [*_past_milestones(case), *slipped, *_overdue_share(case)]


def _at_risk(case: _Case) -> list[Reason]:
    slipped = _slips(case, over=case.limits.risk_slip_days)
    return [*slipped, *_overdue_tasks(case), *_blocked_long(case)]


def _done(case: _Case) -> list[Reason]:
    if case.open_milestones or case.facts.open:
        return []
    values = {"milestones": len(case.facts.milestones), "tasks": case.facts.done}
    return [Reason("all_closed", values)]


def _not_started(case: _Case) -> list[Reason]:
    days = [due for due, _ in case.facts.open_dues]
    days += [m.expected for m in case.open_milestones if m.expected]
    if case.facts.begun or any(day <= case.today for day in days):
        return []
    return [Reason("nothing_begun", {"tasks": case.facts.total})]


_TABLE: tuple[tuple[Health, Callable[[_Case], list[Reason]]], ...] = (
    (Health.NO_PLAN, _no_plan),
    (Health.LATE, _late),
    (Health.AT_RISK, _at_risk),
    (Health.DONE, _done),
    (Health.NOT_STARTED, _not_started),
)


def _past_milestones(case: _Case) -> list[Reason]:
    found = [
        ((case.today - m.expected).days, m.expected, m)
        for m in case.open_milestones
        if m.expected and m.expected < case.today
    ]
    return [
        Reason(
            "milestone_past",
            {"milestone": m.code, "title": m.title, "date": expected, "days": days},
        )
        for days, expected, m in sorted(found, key=_worst_first)
    ]


def _slips(case: _Case, *, over: int) -> list[Reason]:
    found = [
        (m.slip_days, m.baseline, m)
        for m in case.open_milestones
        if m.slip_days is not None and m.slip_days > over
    ]
    return [
        Reason(
            "milestone_slip",
            {
                "milestone": m.code,
                "title": m.title,
                "days": days,
                "baseline": baseline,
                "forecast": m.forecast,
            },
        )
        for days, baseline, m in sorted(found, key=_worst_first)
    ]


def _worst_first(found: tuple[int, date | None, MilestoneFact]) -> tuple[int, str]:
    return -found[0], found[2].code


def _overdue_share(case: _Case) -> list[Reason]:
    overdue, unfinished, limits = case.overdue, case.facts.open, case.limits
    if overdue < limits.overdue_least or overdue * 100 < limits.overdue_percent * unfinished:
        return []
    if not overdue:
        return []
    percent = round(overdue * 100 / unfinished)
    return [Reason("overdue_share", {"overdue": overdue, "open": unfinished, "percent": percent})]


def _overdue_tasks(case: _Case) -> list[Reason]:
    if not case.overdue:
        return []
    longest = (case.today - case.facts.open_dues[0][0]).days
    return [Reason("task_overdue", {"overdue": case.overdue, "days": longest})]


def _blocked_long(case: _Case) -> list[Reason]:
    return [
        Reason("blocked_long", {"task": code, "since": since, "days": (case.today - since).days})
        for since, code in case.facts.blocked_since
        if (case.today - since).days > case.limits.blocked_days
    ]
