"""What an import would do, row by row: read from the file and the plan, nothing is written."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tracker.lib import plan_file
from tracker.lib.plan_file import PlanFile, PlanSheet, Problem
from tracker.models import Group, Import
from tracker.policies import groups as may
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups
from tracker.queries.importing import earlier, sheets, standing
from tracker.queries.importing.answers import Answers
from tracker.queries.importing.composing import Composer
from tracker.queries.importing.names import AskedName, Named, NameKind, Names
from tracker.queries.importing.rows import Outcome, RowPlan, names_in
from tracker.queries.importing.standing import Standing


@dataclass(frozen=True)
class SheetPlan:
    """A sheet and the group it is for; None while nobody said, or when it is left out."""

    number: int
    sheet: PlanSheet
    group: Group | None
    is_left_out: bool
    bears_name_of: Group | None
    is_foreign: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say which group it is for."""
        return self.group is None and not self.is_left_out

    @property
    def is_elsewhere(self) -> bool:
        """Whether it bears the name of another group than the one it goes to."""
        return (
            self.group is not None
            and self.bears_name_of is not None
            and self.bears_name_of.id != self.group.id
        )


@dataclass(frozen=True)
class Preview:
    """All that is shown before an import is confirmed, and all that confirming needs."""

    plan: PlanFile
    answers: Answers
    sheets: Sequence[SheetPlan]
    rows: Sequence[RowPlan]
    standings: Mapping[int, Standing]
    names: Sequence[AskedName] = ()
    labels: Mapping[NameKind, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows of each outcome, date moves, names to add, things the file leaves out."""
        found = Counter(str(row.outcome) for row in self.rows)
        found["moves"] = sum(change.is_move for row in self.rows for change in row.changes)
        found["kept"] = sum(bool(row.kept) for row in self.rows)
        for kind, named in Counter(named.kind for named in self.to_add).items():
            found[f"{kind}s"] = named
        met = {row.thing.code for row in self.rows if row.thing}
        found["unmentioned"] = sum(
            code not in met for plan in self.standings.values() for code in plan.codes
        )
        for row in self.rows:
            if row.outcome is Outcome.NEW:
                found[f"new_{'milestones' if row.kind == 'milestone' else 'tasks'}"] += 1
        return found

    @cached_property
    def asked(self) -> list[RowPlan]:
        """Rows that may be something there is already, answered or not."""
        return [row for row in self.rows if row.candidates]

    @cached_property
    def left_out(self) -> list[RowPlan]:
        """Rows that cannot be imported."""
        return [row for row in self.rows if row.outcome is Outcome.LEFT_OUT]

    @cached_property
    def to_add(self) -> list[Named]:
        """Persons and units that would be added, each once."""
        found = [
            named
            for row in self.rows
            if row.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.ASKED}
            for value in (*row.values.values(), *(change.new for change in row.changes))
            for named in names_in(value)
            if named.id is None
        ]
        return list({(named.kind, named.key): named for named in found}.values())

    def shown(self, chosen: str) -> Sequence[RowPlan]:
        """The rows of one outcome, those with something to know, or all."""
        if chosen == "noted":
            return [row for row in self.rows if row.problems or row.kept]
        if chosen in set(Outcome):
            return [row for row in self.rows if row.outcome == chosen]
        return self.rows

    @property
    def general_problems(self) -> list[Problem]:
        """What is to be known about the file that is about no row that is shown."""
        shown = {(row.sheet, row.row) for row in self.rows}
        return [each for each in self.plan.all_problems if (each.sheet, each.row) not in shown]

    @property
    def groups(self) -> list[Group]:
        """The groups it is for, each once."""
        found = [sheet.group for sheet in self.sheets if sheet.group]
        return list({group.id: group for group in found}.values())

    @property
    def open_sheets(self) -> list[SheetPlan]:
        """Sheets of which nobody knows yet which group they are for."""
        return [sheet for sheet in self.sheets if sheet.is_open]

    @property
    def does_nothing(self) -> bool:
        """Whether confirming would change nothing at all."""
        return not any(
            row.outcome in {Outcome.NEW, Outcome.CHANGED, Outcome.ASKED} for row in self.rows
        )

    @cached_property
    def fingerprint(self) -> str:
        """Another one when the plan, or what would be done to it, is another."""
        digest = hashlib.sha256()
        for row in self.rows:
            digest.update(repr(_gist(row)).encode())
        return digest.hexdigest()[:32]


def _gist(row: RowPlan) -> tuple[object, ...]:
    return (
        row.key,
        row.outcome,
        row.thing.code if row.thing else None,
        sorted(row.values.items(), key=lambda item: item[0]),
        row.changes,
        [problem.code for problem in row.problems],
        [thing.code for thing in row.candidates],
    )


def of(import_: Import, *, actor: Actor, today: date, answers: Answers | None = None) -> Preview:
    """The preview of a draft; `answers` are those of a form that is not stored yet."""
    return of_plan(
        plan_file.from_json(import_.plan),
        answers or Answers.of(import_.answers),
        start=import_.group_id,
        actor=actor,
        today=today,
    )


def of_plan(
    plan: PlanFile, answers: Answers, *, start: int | None, actor: Actor, today: date
) -> Preview:
    """The same of a plan that is not stored. `start` is the group on whose page it was brought."""
    groups = [group for group in read_groups.listing(actor) if may.shape_plan(actor, group)]
    assigned = _assigned(plan, groups, answers, start)
    wanted = {sheet.group.id: sheet.group for sheet in assigned if sheet.group}
    names = Names(list(wanted), answers.names, today, spellings=_spellings(assigned))
    rows: list[RowPlan] = []
    standings: dict[int, Standing] = {}
    for group in wanted.values():
        standings[group.id] = standing.of(group)
        composer = Composer(
            standings[group.id],
            earlier.rows(group),
            names,
            answers.same,
            today=today,
            may_add_people=may.add_people(actor, group),
        )
        own = [(each.number, each.sheet) for each in assigned if each.group == group]
        rows += composer.compose(own)
    labels = {kind: names.labels(kind) for kind in NameKind}
    ordered = sorted(rows, key=_in_file_order)
    return Preview(plan, answers, assigned, ordered, standings, names.asked, labels)


def _in_file_order(row: RowPlan) -> tuple[int, int, int]:
    """By sheet and row; a milestone that is only named comes before the row that names it."""
    sheet, number = row.key
    return (sheet, row.named_at or number, number)


def _assigned(
    plan: PlanFile, groups: Sequence[Group], answers: Answers, start: int | None
) -> list[SheetPlan]:
    began = next((group for group in groups if group.id == start), None)
    found = sheets.assigned(plan, groups, dict(answers.groups), began)
    return [
        SheetPlan(
            number,
            sheet,
            found[sheet.name],
            answers.groups.get(sheet.name) == "",
            sheets.named(sheet, groups),
            _is_foreign(sheet, found[sheet.name], answers),
        )
        for number, sheet in enumerate(plan.sheets)
    ]


def _is_foreign(sheet: PlanSheet, group: Group | None, answers: Answers) -> bool:
    """Whether somebody should look: it bears another name, and nobody said yet that it is right."""
    return (
        group is not None and sheet.name not in answers.groups and sheets.is_foreign(sheet, group)
    )


def _spellings(assigned: Iterable[SheetPlan]) -> Iterable[str]:
    for each in assigned:
        for row in each.sheet.rows if each.group else ():
            yield from (row.owner, *row.participants) if row.owner else row.participants
