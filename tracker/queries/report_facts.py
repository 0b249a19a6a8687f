"""What a report says, frozen: facts without a language, from which every format is rendered.

Names that exist in two languages are pairs; everything else a person typed stays as typed; codes
(strand, status, health, reason) get their words when a file is rendered.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.lib.chips import filled
from tracker.lib.freshness import Coverage
from tracker.lib.health import Health
from tracker.lib.lateness import FourCells
from tracker.lib.periods import Period
from tracker.models.enums import Arrangement, Orientation, ReportKind, Urgency
from tracker.queries.timeline import Timeline

# What people write; each may have a twin in English, under the key of `in_english`.
SECTIONS = ("assessment", "results", "difficulties", "next", "recommendations")
_ENGLISH = "_en"


def in_english(section: str) -> str:
    """The key in `narrative` of what was written in English."""
    return f"{section}{_ENGLISH}"


def section_of(text: str) -> tuple[str, bool]:
    """The section that a key in `narrative` is of, and whether it was written in English."""
    section = text.removesuffix(_ENGLISH)
    return section, section != text


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
    """Who signs: `authority` is the TM. or KT. line (may be empty), `name` bears no title.

    `form` is a code of `models.Authority`, which then stands before the authority.
    """

    post: Name
    authority: Name = Name("")
    name: str = ""
    form: str = ""


@dataclass(frozen=True)
class Organisation:
    """The bodies, the place and the symbol at the head of a document, and its signer.

    `drafter` are the initials of who drafted it, `copies` how many are issued (0: not said);
    `address` are the lines below the first page.
    """

    issuing: Name
    signature: Signature
    superior: Name = Name("")
    place: str = "Hà Nội"
    place_en: str = ""
    symbol: str = ""
    drafting_unit: str = ""
    drafter: str = ""
    copies: int = 0
    address: Name = Name("")


@dataclass(frozen=True)
class GroupFact:
    """A working group the report covers; `short` is how tables call it. Slips of a plan that is
    not approved are against its draft.
    """

    key: str
    name: Name
    is_approved: bool = True
    short: Name = Name("")


@dataclass(frozen=True, slots=True)
class CellsRow:
    """The four cells of a strand or a group (`key`), now and at the end of the period before."""

    key: str
    now: FourCells
    before: FourCells | None = None


@dataclass(frozen=True)
class Statistics:
    """The four cells of the whole, and of its parts in the order of the board.

    `directives` are those of tasks that a director gave.
    """

    whole: FourCells
    before: FourCells | None = None
    by_strand: tuple[CellsRow, ...] = ()
    by_group: tuple[CellsRow, ...] = ()
    directives: CellsRow | None = None


@dataclass(frozen=True)
class Yield:
    """What a period brought forth: top-level tasks finished, milestones reached, dates moved.

    `moves` counts moves of all dates, `days` what those of due dates of tasks and of forecasts of
    milestones come to, earlier ones counted as less: other dates would tell the same slip twice.
    """

    finished: int = 0
    finished_late: int = 0
    reached: int = 0
    reached_late: int = 0
    moves: int = 0
    days: int = 0

    def __add__(self, other: "Yield") -> "Yield":
        return Yield(
            self.finished + other.finished,
            self.finished_late + other.finished_late,
            self.reached + other.reached,
            self.reached_late + other.reached_late,
            self.moves + other.moves,
            self.days + other.days,
        )


@dataclass(frozen=True)
class YieldRow:
    """That of a strand or a group (`key`), in the period and in the one before."""

    key: str
    now: Yield
    before: Yield | None = None


@dataclass(frozen=True)
class Yields:
    """That of the whole, and of its parts in the order of the board."""

    whole: Yield = Yield()
    before: Yield | None = None
    by_strand: tuple[YieldRow, ...] = ()
    by_group: tuple[YieldRow, ...] = ()


@dataclass(frozen=True)
class MonthFact:
    """A month of reporting: how all stood on its last day (of the running one: on the cut-off), and
    what it brought.
    """

    period: Period
    cells: FourCells
    brought: Yield = Yield()


@dataclass(frozen=True)
class SlipTotal:
    """How often dates moved in the period for a reason (its code, "" where none was given), how
    many tasks and milestones that concerned, and by how many days each kind of date, in sum.
    """

    reason: str
    moves: int = 0
    items: int = 0
    due: int = 0
    forecast: int = 0
    baseline: int = 0


@dataclass(frozen=True)
class ReasonFact:
    """A fact behind a colour: the code of a sentence and its values, dates as ISO text."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A milestone reached in the period, with its evidence."""

    code: str
    title: str
    group: str
    strand: str
    baseline: date | None = None
    closed_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class QuestionFact:
    """A question put to a director that was open on the day, or was answered or withdrawn in the
    period; `state` is a code. `known_on` is when that was written down, `options` with what was
    recommended and chosen as typed; `stalls` are codes of tasks and milestones.
    """

    code: str
    question: str
    group: str
    state: str = "open"
    background: str = ""
    options: tuple[str, ...] = ()
    recommended: str = ""
    wanted_from: str = ""
    wanted_by: date | None = None
    asked_by: str = ""
    asked_on: date | None = None
    answer: str = ""
    chosen: str = ""
    decided_by: str = ""
    decided_on: date | None = None
    known_on: date | None = None
    document: str = ""
    stalls: tuple[str, ...] = ()
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class DirectiveFact:
    """A task that a director gave: open on the day, or finished or recalled in the period."""

    code: str
    title: str
    group: str
    strand: str
    status: str
    lateness: str
    document: str = ""
    given_by: str = ""
    given_on: date | None = None
    lead_unit: str = ""
    owner: str = ""
    due: date | None = None
    forecast: date | None = None
    finished_on: date | None = None
    result: str = ""
    progress: int = 0
    is_new: bool = False
    recalled_why: str = ""


@dataclass(frozen=True, slots=True)
class StageCount:
    """A stage of a kind of deliverable: how many stand there on the day, and how many did at the
    end of the period before. `role` is a code of `lib.stages.StageRole`.
    """

    code: str
    name: Name
    role: str
    now: int
    before: int = 0


@dataclass(frozen=True, slots=True)
class StagesFact:
    """The deliverables of a kind by stage, the stages in their order; empty ones are left out
    unless they are on the usual way. Those that stand in none yet are `unplaced`.
    """

    kind: str
    name: Name
    strand: str
    total: int
    unplaced: int = 0
    stages: tuple[StageCount, ...] = ()


@dataclass(frozen=True, slots=True)
class DeliverableFact:
    """A deliverable that came to a stage in the period."""

    code: str
    reference: str
    title: str
    group: str
    strand: str
    kind: str
    stage: Name
    stage_code: str = ""
    came_on: date | None = None
    document: str = ""
    is_goal: bool = False
    title_en: str = ""


class Basis(StrEnum):
    """What changes are told against: the last report that was issued, or else how all stood at the
    end of the period before; nothing, where the plan was not known then.
    """

    REPORT = "report"
    PERIOD = "period"
    NOTHING = "nothing"


class ChangeSort(StrEnum):
    """What became of a thing since the last report, the weightiest first."""

    OVERDUE = "overdue"
    MOVED = "moved"
    FINISHED = "finished"
    REACHED = "reached"
    ADDED = "added"
    DROPPED = "dropped"
    ASKED = "asked"
    ANSWERED = "answered"
    GIVEN = "given"
    RISEN = "risen"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class HealthChange:
    """A workstream whose computed or declared health is another; "" is where none was known."""

    group: str
    strand: str
    before: str
    now: str
    declared_before: str = ""
    declared_now: str = ""

    @property
    def is_worse(self) -> bool:
        """Whether the computed health needs more attention than it did."""
        return bool(self.before) and Health(self.before).better_than(Health(self.now))


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A thing that changed; `what` is task, milestone, question, directive, difficulty or risk.

    `before` and `now` are its dates: what it was and is expected for, or (finished, reached) its
    approved day and the day it was. `days` is how much later. `who` answers for it.
    """

    what: str
    code: str
    title: str
    group: str
    strand: str = ""
    before: date | None = None
    now: date | None = None
    days: int | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """All changes of a sort: how many there are, and the first of them, those that weigh most."""

    sort: ChangeSort
    total: int
    rows: tuple[ChangedFact, ...] = ()


@dataclass(frozen=True)
class SinceFact:
    """Changes since the last report.

    They are told from the end of the day `day`. Of the report they are told against: its
    `period`, and of its last issued revision the name, number and date.
    """

    basis: Basis
    day: date | None = None
    period: Period | None = None
    report_id: int | None = None
    revision: str = ""
    number: str = ""
    issued_on: date | None = None
    cells: FourCells | None = None
    health: tuple[HealthChange, ...] = ()
    changes: tuple[Changed, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.health or self.changes)

    def of(self, sort: ChangeSort) -> Changed:
        """Those of a sort."""
        found = (changed for changed in self.changes if changed.sort is sort)
        return next(found, Changed(sort, 0))


@dataclass(frozen=True)
class Stamp:
    """What the clerk writes on a report that is issued: its number and its date.

    `is_draft` while nobody has approved it: its paper says so.
    """

    number: str = ""
    day: date | None = None
    is_draft: bool = False


@dataclass(frozen=True)
class Replaced:
    """The revision that this one replaces: its name, number and date, and why there is another."""

    revision: str
    number: str = ""
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """Everything a report says. The same facts give the same bytes in every format.

    `identifier` is embedded in the files; `narrative` holds what people typed by section.
    `sent_to` is the addressee where none is named; `english_names` are of units. One on a unit
    tells the tasks that the unit leads. `chips` is what the facts in the text were when it was
    submitted, by token. `stamp` comes after the facts are frozen and is no part of them.
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
    addressees_en: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    recipients_en: tuple[str, ...] = ()
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
    kind: ReportKind = ReportKind.PERIODIC
    arranged_by: Arrangement = Arrangement.GROUP
    orientation: Orientation = Orientation.PORTRAIT
    urgency: Urgency = Urgency.NONE
    unit: Name = Name("")
    revision: str = ""
    replaced: Replaced | None = None
    stamp: Stamp = Stamp()
    since: SinceFact | None = None
    questions: tuple[QuestionFact, ...] = ()
    directives: tuple[DirectiveFact, ...] = ()
    stages: tuple[StagesFact, ...] = ()
    deliverables: tuple[DeliverableFact, ...] = ()
    yields: Yields = Yields()
    slip_reasons: tuple[SlipTotal, ...] = ()
    months: tuple[MonthFact, ...] = ()
    chips: dict[str, Name] = field(default_factory=dict)

    @property
    def coverage(self) -> Coverage:
        """How many of the open items were lately confirmed; of nothing in older reports."""
        parts = (Coverage(stream.confirmed, stream.to_confirm) for stream in self.workstreams)
        return sum(parts, Coverage())

    def said(self, section: str, code: str) -> str:
        """What people wrote of a section, in that language where they did, its chips filled in."""
        texts = (self.narrative.get(in_english(section), ""), self.narrative.get(section, ""))
        text = next(filter(None, texts), "") if code == "en" else texts[-1]
        return filled(text, {key: name.in_language(code) for key, name in self.chips.items()})

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
