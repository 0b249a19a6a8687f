"""What two records of a report say differently: words, figures, and the things told of by code."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tracker.lib.lateness import FourCells
from tracker.lib.text_difference import Run, runs
from tracker.queries.report_facts import SECTIONS, ReportFacts, WorkstreamFact, in_english

# Lists whose entries have a code, in the order of the paper; the others follow from these.
CODED = ("tasks", "milestones", "deliverables", "questions", "directives", "risks")
CELLS = ("done_on_time", "done_late", "open_on_time", "open_overdue", "dropped")
# Told once, at the head and the foot of the paper.
FRAME = (
    "organisation",
    *("addressees", "addressees_en", "recipients", "recipients_en"),
    *("cut_off", "urgency", "orientation"),
)
# What no reader misses: places in a list, and what follows from other fields.
UNTOLD = frozenset(
    {
        "number",
        "is_clear",
        "is_goal",
        "is_new",
        "is_overdue",
        "kind",
        "known_on",
        "level",
        "slip",
        "slip_working",
        "stage_code",
        "stale_days",
    }
)
MOST = 200


@dataclass(frozen=True)
class TextChange:
    """What people wrote, word by word; `text` is a key of the narrative."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class CellChange:
    """A figure of the four cells of the whole."""

    name: str
    before: int
    now: int


@dataclass(frozen=True)
class ThingChange:
    """A thing that is told otherwise: of each field that differs what was and what is told."""

    code: str
    title: str
    values: tuple[tuple[str, object, object], ...] = ()


@dataclass(frozen=True)
class ThingChanges:
    """Those of a list of facts (`what`): the first of each sort, and how many there are."""

    what: str
    came: tuple[ThingChange, ...] = ()
    gone: tuple[ThingChange, ...] = ()
    changed: tuple[ThingChange, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class Differences:
    """All that a record says otherwise than one before it."""

    texts: tuple[TextChange, ...]
    cells: tuple[CellChange, ...]
    frame: tuple[str, ...]
    workstreams: tuple[tuple[WorkstreamFact, WorkstreamFact], ...]
    things: tuple[ThingChanges, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.texts or self.cells or self.frame or self.workstreams or self.things)


def between(before: ReportFacts, now: ReportFacts) -> Differences:
    """What is told otherwise now."""
    return Differences(
        texts=tuple(_texts(before, now)),
        cells=tuple(_cells(before.statistics.whole, now.statistics.whole)),
        frame=tuple(name for name in FRAME if getattr(before, name) != getattr(now, name)),
        workstreams=tuple(_workstreams(before, now)),
        things=tuple(_things(before, now)),
    )


def _texts(before: ReportFacts, now: ReportFacts) -> Iterator[TextChange]:
    for section in SECTIONS:
        old, new = before.said(section, "vi"), now.said(section, "vi")
        if old != new:
            yield TextChange(section, runs(old, new))
        english = in_english(section)
        old, new = _in_english(before, section), _in_english(now, section)
        if old != new:
            yield TextChange(english, runs(old, new))


def _in_english(facts: ReportFacts, section: str) -> str:
    """What was written in English, and not the Vietnamese that stands in its place."""
    return facts.said(section, "en") if facts.narrative.get(in_english(section)) else ""


def _cells(before: FourCells, now: FourCells) -> Iterator[CellChange]:
    for name in CELLS:
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            yield CellChange(name, old, new)


def _workstreams(
    before: ReportFacts, now: ReportFacts
) -> Iterator[tuple[WorkstreamFact, WorkstreamFact]]:
    """Those whose computed or declared health is another."""
    known = {(one.group, one.strand): one for one in before.workstreams}
    for new in now.workstreams:
        old = known.get((new.group, new.strand))
        if old and (old.health, old.declared) != (new.health, new.declared):
            yield old, new


def _things(before: ReportFacts, now: ReportFacts) -> Iterator[ThingChanges]:
    for what in CODED:
        found = _changes(what, _by_code(getattr(before, what)), _by_code(getattr(now, what)))
        if found.total:
            yield found


def _by_code(facts: Iterable[Any]) -> dict[str, Any]:
    return {fact.code: fact for fact in facts}


def _changes(what: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> ThingChanges:
    came = [_named(fact) for code, fact in now.items() if code not in before]
    gone = [_named(fact) for code, fact in before.items() if code not in now]
    both = (_changed(before[code], fact) for code, fact in now.items() if code in before)
    changed = [change for change in both if change.values]
    return ThingChanges(
        what,
        came=tuple(came[:MOST]),
        gone=tuple(gone[:MOST]),
        changed=tuple(changed[:MOST]),
        total=len(came) + len(gone) + len(changed),
    )


def _named(fact: Any) -> ThingChange:  # noqa: ANN401 - a fact with a code, of any kind
    title = getattr(fact, "title", "") or getattr(fact, "question", "")
    return ThingChange(fact.code, title)


def _changed(before: Any, now: Any) -> ThingChange:  # noqa: ANN401
    named = _named(now)
    if before == now:
        return named
    pairs = (
        (field.name, getattr(before, field.name), getattr(now, field.name))
        for field in fields(now)
        if field.name not in UNTOLD
    )
    return ThingChange(named.code, named.title, tuple(p for p in pairs if p[1] != p[2]))
