"""What a report says, frozen: facts without a language, from which every format is rendered.

Names that exist in two languages are pairs; everything else a person typed stays as typed; codes
(strand, status, health, reason) get their words when a file is rendered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self, cast

from tracker.lib.freshness import Coverage
from tracker.lib.health import Health
from tracker.lib.lateness import FourCells
from tracker.lib.periods import Period
from tracker.lib.plain import plain, typed
from tracker.queries.timeline import Timeline

SECTIONS = ("results", "difficulties", "next", "recommendations")


@dataclass(frozen=True)
class Name:
    """A name in Vietnamese and, where one is known, in English."""

    vi: str
    en: str = ""

    def in_language(self, code: str) -> str:
        """The name in that language, or the Vietnamese one."""
        return (self.en if code == "en" else self.vi) or self.vi


@dataclass(frozen=True)
class Signature:
    """Who signs: `authority` is the TM. or KT. line (may be empty), `name` bears no title."""

    post: Name
    authority: Name = Name("")
    name: str = ""


@dataclass(frozen=True)
class Organisation:
    """The bodies, the place and the symbol at the head of a document, and its signer."""

    issuing: Name
    signature: Signature
    superior: Name = Name("")
    place: str = "Hà Nội"
    symbol: str = ""
    drafting_unit: str = ""


@dataclass(frozen=True)
class GroupFact:
    """A working group the report covers; `short` is how tables call it. Slips of a plan that is
    not approved are against its draft.
    """

    key: str
    name: Name
    is_approved: bool = True
    short: Name = Name("")


@dataclass(frozen=True)
class CellsRow:
    """The four cells of a strand or a group (`key`), now and at the end of the period before."""

    key: str
    now: FourCells
    before: FourCells | None = None


@dataclass(frozen=True)
class Statistics:
    """The four cells of the whole, and of its parts in the order of the board."""

    whole: FourCells
    before: FourCells | None = None
    by_strand: tuple[CellsRow, ...] = ()
    by_group: tuple[CellsRow, ...] = ()


@dataclass(frozen=True)
class ReasonFact:
    """A fact behind a colour: the code of a sentence and its values, dates as ISO text."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkstreamFact:
    """A group × strand as the board shows it on the day of the cut-off.

    `declared` is what its lead had said by then: with a sentence, a recovery line, who and when.
    Of `to_confirm` open items so many were `confirmed` after the last cut-off that counted then;
    `stale_days` is for how long nobody had vouched for all of it, 0 while it was fresh.
    """

    group: str
    strand: str
    health: str
    reasons: tuple[ReasonFact, ...] = ()
    declared: str = ""
    declared_note: str = ""
    recovery: str = ""
    declared_by: str = ""
    declared_on: date | None = None
    done: int = 0
    total: int = 0
    overdue: int = 0
    next_milestone: str = ""
    forecast: date | None = None
    slip: int | None = None
    confirmed: int = 0
    to_confirm: int = 0
    stale_days: int = 0

    @property
    def is_disputed(self) -> bool:
        """Whether its lead said it stood better than the plan did."""
        return bool(self.declared) and Health(self.declared).better_than(Health(self.health))


@dataclass(frozen=True)
class TaskFact:
    """A row of the task table. `parent` is the code of the task it is a part of.

    `approved` is the day of the last approval; the slips, in days and in working days, are counted
    from it, or from the due date where there is none.
    """

    code: str
    title: str
    group: str
    strand: str
    status: str
    lateness: str
    number: int = 0
    parent: str = ""
    milestone: str = ""
    assigned_by: str = ""
    lead_unit: str = ""
    cooperating: str = ""
    owner: str = ""
    due: date | None = None
    forecast: date | None = None
    finished_on: date | None = None
    result: str = ""
    progress: int = 0
    note: str = ""
    is_clear: bool = True
    approved: date | None = None
    slip: int | None = None
    slip_working: int | None = None
    stale_days: int = 0


@dataclass(frozen=True)
class PlanMilestoneFact:
    """A milestone of the plan with its three dates, and its slips in days and working days."""

    code: str
    title: str
    group: str
    strand: str
    baseline: date | None = None
    forecast: date | None = None
    closed_on: date | None = None
    slip: int | None = None
    slip_working: int | None = None
    stale_days: int = 0


@dataclass(frozen=True)
class SlipFact:
    """A date that moved in the period; `days` > 0 is later. `what` is task or milestone, `which`
    its due, forecast or baseline.
    """

    what: str
    code: str
    title: str
    group: str
    strand: str
    old: date | None
    new: date | None
    days: int | None
    reason: str
    sentence: str = ""
    agreed_by: str = ""
    moved_on: date | None = None
    which: str = ""


@dataclass(frozen=True)
class MilestoneFact:
    """A milestone reached in the period, with its evidence."""

    code: str
    title: str
    group: str
    strand: str
    baseline: date | None = None
    closed_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True)
class NextFact:
    """Work that falls due in the period to come; `what` is task or milestone."""

    what: str
    code: str
    title: str
    group: str
    strand: str
    due: date | None = None
    owner: str = ""
    lead_unit: str = ""


@dataclass(frozen=True)
class DifficultyFact:
    """A task that is blocked: since when, and what its people say of it."""

    code: str
    title: str
    group: str
    strand: str
    since: date | None = None
    note: str = ""
    owner: str = ""
    lead_unit: str = ""


@dataclass(frozen=True)
class RiskFact:
    """A difficulty that is recorded, or a grave risk: `kind` and `band` are codes.

    `since` is the day it was recorded, or on which the risk came true; `level` and `band` are
    those of a risk. `blocks` are codes of tasks and milestones.
    """

    code: str
    kind: str
    title: str
    group: str
    strand: str
    level: int | None = None
    band: str = ""
    owner: str = ""
    treatment: str = ""
    response: str = ""
    review_on: date | None = None
    since: date | None = None
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportFacts:
    """Everything a report says. The same facts give the same bytes in every format.

    `identifier` is embedded in the files; `narrative` holds what people typed by section.
    `sent_to` is the addressee where none is named; `english_names` are of units.
    """

    organisation: Organisation
    groups: tuple[GroupFact, ...]
    period: Period
    cut_off: date
    generated_on: date
    statistics: Statistics
    identifier: str = ""
    covers_all_groups: bool = False
    sent_to: Name = Name("")
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    workstreams: tuple[WorkstreamFact, ...] = ()
    finished: tuple[TaskFact, ...] = ()
    slips: tuple[SlipFact, ...] = ()
    reached: tuple[MilestoneFact, ...] = ()
    upcoming: tuple[NextFact, ...] = ()
    difficulties: tuple[DifficultyFact, ...] = ()
    risks: tuple[RiskFact, ...] = ()
    tasks: tuple[TaskFact, ...] = ()
    milestones: tuple[PlanMilestoneFact, ...] = ()
    narrative: dict[str, str] = field(default_factory=dict)
    english_names: dict[str, str] = field(default_factory=dict)
    timeline: Timeline | None = None

    @property
    def coverage(self) -> Coverage:
        """How many of the open items were lately confirmed; of nothing in older reports."""
        parts = (Coverage(stream.confirmed, stream.to_confirm) for stream in self.workstreams)
        return sum(parts, Coverage())

    def unit_names(self, names: str, code: str) -> str:
        """Units, parted by semicolons, in that language as far as their names are known in it."""
        if code != "en":
            return names
        known = (self.english_names.get(name.strip(), name.strip()) for name in names.split(";"))
        return "; ".join(known)

    def group_name(self, key: str, code: str) -> str:
        """How tables call a group of this report, or its key."""
        named = (g.short if g.short.vi else g.name for g in self.groups if g.key == key)
        return next((name.in_language(code) for name in named), key)

    def to_json(self) -> dict[str, object]:
        """The facts as plain values for a JSON column."""
        return cast("dict[str, object]", plain(self))

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Self:
        """The facts that `to_json` wrote; fields added since then take their defaults."""
        return typed(cls, data)
