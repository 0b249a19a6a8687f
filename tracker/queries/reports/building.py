"""The facts of a report, gathered from the plan as it stood when the period was closed.

The number of queries does not depend on how many groups and tasks there are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tracker.lib.lateness import Lateness
from tracker.lib.periods import Period, parse
from tracker.models import Group, Report
from tracker.queries.report_facts import (
    GroupFact,
    Name,
    Organisation,
    PlanMilestoneFact,
    ReportFacts,
    RiskFact,
    TaskFact,
)
from tracker.queries.reports import (
    deliverables,
    happened,
    heads,
    moves,
    names,
    plan,
    questions,
    risks,
    since,
    standing,
)
from tracker.queries.reports.before import Before, Said, Stood, last
from tracker.queries.reports.directives import Directives
from tracker.queries.reports.moves import Move
from tracker.queries.reports.picture import picture
from tracker.queries.reports.plan import Plan
from tracker.queries.reports.rewind import Key
from tracker.queries.reports.scope import Scope
from tracker.queries.settings import ReportHeader

DAY = timedelta(days=1)
NO_SCOPE = Scope()


def build(
    groups: Sequence[Group],
    period: Period,
    *,
    today: date,
    covers_all: bool,
    organisation: str = "",
    scope: Scope = NO_SCOPE,
) -> ReportFacts:
    """What a report on these groups says of the period; the narrative is added by who has it.

    `organisation` is the name of the issuing body where no administrator has set one.
    """
    steps = happened.steps(period, min(period.last, today))
    found = plan.of(
        groups, period, today, unit_id=scope.unit_id, back_to=[step.last for step in steps]
    )
    found.approved_days = names.approved_days(groups, found.day)
    told = _Telling(found, groups, scope, today)
    facts = told.facts(covers_all=covers_all, organisation=organisation)
    items, by = (found.tasks, found.milestones), (found.calendar, found.limits)
    return replace(
        facts,
        tasks=tuple(found.told(item) for item in found.tasks),
        milestones=tuple(found.milestone_facts()),
        months=tuple(happened.months(found, told.moves)),
        timeline=picture(groups, found.places, items, found.day, by),
    )


def facts_of(
    report: Report, groups: Sequence[Group], *, today: date, organisation: str = ""
) -> ReportFacts:
    """What a report that was begun says now; `groups` are its own, or all that are to be told."""
    scope = Scope.of(report)
    return build(
        groups,
        parse(report.period),
        today=today,
        covers_all=scope.covers_all,
        organisation=organisation,
        scope=scope,
    )


@dataclass(frozen=True)
class Outline:
    """What a page shows of a report: the facts but for the table of all tasks, and the months.

    `found` are the tasks and milestones that were looked up since by code (None: not there). Where
    it was made at `read_at`, the plan may have changed since.
    """

    facts: ReportFacts
    tasks: int
    overdue: tuple[TaskFact, ...]
    found: dict[str, TaskFact | PlanMilestoneFact | None] = field(
        default_factory=dict, compare=False
    )
    read_at: datetime | None = None

    @classmethod
    def of(cls, facts: ReportFacts) -> "Outline":
        """That of facts that were kept."""
        overdue = (task for task in facts.tasks if task.lateness == Lateness.OVERDUE)
        tops = tuple(task for task in overdue if not task.parent)
        return cls(replace(facts, tasks=()), len(facts.tasks), tops)


def outline(
    groups: Sequence[Group],
    period: Period,
    *,
    today: date,
    covers_all: bool,
    organisation: str = "",
    scope: Scope = NO_SCOPE,
) -> Outline:
    """As `build`, for a page: a row of the table costs as much as all else of its task."""
    found = plan.of(groups, period, today, unit_id=scope.unit_id)
    told = _Telling(found, groups, scope, today)
    facts = told.facts(covers_all=covers_all, organisation=organisation)
    return Outline(facts, len(found.tasks), tuple(standing.overdue(found)))


def items(
    groups: Sequence[Group],
    period: Period,
    codes: Collection[str],
    *,
    today: date,
    unit_id: int | None = None,
) -> Sequence[TaskFact | PlanMilestoneFact]:
    """The tasks and milestones of these codes as a report says them, of which a page shows few."""
    found = plan.of(groups, period, today, unit_id=unit_id)
    found.approved_days = names.approved_days(groups, found.day)
    tasks = (found.told(item) for item in found.tasks if item.values["code"] in codes)
    marks = (mark for mark in found.milestone_facts() if mark.code in codes)
    return (*tasks, *marks)


class _Telling:
    """What is told of a plan in a report."""

    def __init__(self, found: Plan, groups: Sequence[Group], scope: Scope, today: date) -> None:
        self._plan = found
        self._groups = groups
        self._ids = [group.id for group in groups]
        self._scope = scope
        self._today = today
        self._record = last(scope, found.period)
        first = happened.steps(found.period, found.day)[:1]
        begins = [found.period.previous().first, *(step.first for step in first)]
        self.moves = moves.since(found, min(begins))

    def facts(self, *, covers_all: bool, organisation: str) -> ReportFacts:
        found, header = self._plan, heads.header(organisation)
        scope = self._scope
        to = heads.named(scope.addressees, Name(header.addressees, header.addressees_en))
        copies = heads.named(scope.recipients, Name(header.recipients, header.recipients_en))
        before = self._before()
        # Whatever happened after the last report is told, also where that left a gap.
        first = min(found.period.first, before.day + DAY) if before else found.period.first
        directives = Directives(found)
        register = deliverables.register(found.places, found.day, scope.unit_id)
        facts = ReportFacts(
            organisation=self._organisation(header, covers_all=covers_all),
            sent_to=heads.sent_to(header, covers_all=covers_all),
            addressees=heads.lines(to.vi),
            addressees_en=heads.lines(to.en),
            recipients=heads.lines(copies.vi),
            recipients_en=heads.lines(copies.en),
            groups=tuple(map(self._group, self._groups)),
            period=found.period,
            cut_off=found.day,
            generated_on=self._today,
            covers_all_groups=covers_all,
            kind=scope.kind,
            arranged_by=scope.arranged_by,
            orientation=scope.orientation,
            unit=found.names.named_unit(scope.unit_id),
            statistics=replace(happened.statistics(found), directives=directives.cells()),
            workstreams=tuple(standing.workstreams(found)),
            finished=tuple(happened.finished(found)),
            slips=tuple(moves.facts(found, self._moved_within())),
            reached=tuple(happened.reached(found)),
            upcoming=tuple(happened.upcoming(found)),
            difficulties=tuple(standing.difficulties(found)),
            risks=tuple(self._risks()),
            questions=tuple(questions.told(self._ids, first, found.day, self._within())),
            directives=tuple(directives.told(first)),
            stages=tuple(register.by_stage(found.earlier)),
            deliverables=tuple(register.came(first)),
            yields=happened.yields(found, self.moves),
            slip_reasons=tuple(moves.totals(self._moved_within())),
            english_names=found.names.english,
        )
        return replace(facts, since=since.since(found, facts, before))

    def _organisation(self, header: ReportHeader, *, covers_all: bool) -> Organisation:
        if self._scope.unit_id is not None:
            names_ = self._plan.names
            name, head = names_.named_unit(self._scope.unit_id), names_.head_of(self._scope.unit_id)
            return heads.of_unit(header, self._scope.unit_id, name, head)
        return heads.organisation(header, self._groups, self._today, covers_all=covers_all)

    def _before(self) -> Before | None:
        """What the last report said; else how all stood at the end of the period before."""
        if self._record is not None:
            return Said(self._record)
        return Stood(self._plan, self._ids) if self._plan.before else None

    def _group(self, group: Group) -> GroupFact:
        return GroupFact(
            key=group.key,
            name=heads.group_name(group),
            is_approved=group.id in self._plan.approved,
            short=Name(group.name, group.name_en or ""),
        )

    def _moved_within(self) -> Sequence[Move]:
        return [one for one in self.moves if self._plan.is_within(one.moved_on)]

    def _within(self) -> frozenset[Key] | None:
        """The items that a question has to be about, where not everything is told."""
        return frozenset(self._plan.items) if self._plan.is_part else None

    def _risks(self) -> Iterable[RiskFact]:
        """Of a unit those that block what it leads."""
        found = risks.standing(self._ids, self._plan.places, self._plan.day)
        if not self._plan.is_part:
            return found
        return risks.blocking(found, self._plan.items.values())
