"""What directors had given the groups of a report to do, as it stood on its day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.dates import end_of_day_utc, local_day
from tracker.lib.lateness import CountedTask, FourCells, count
from tracker.models import Directive, Person, TaskStatus
from tracker.queries.report_facts import CellsRow, DirectiveFact
from tracker.queries.reports.plan import DONE, Plan
from tracker.queries.reports.rewind import Item, State


class Directives:
    """Those given by the end of the day, that the plan of the report has."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        rows = db.session.execute(
            select(
                Directive.task_id,
                Directive.given_at,
                Directive.recalled_at,
                Directive.recalled_why,
                Person.full_name,
            )
            .join(Person, Person.id == Directive.given_by_id)
            .where(Directive.given_at <= end_of_day_utc(plan.day))
        )
        self._given = {row.task_id: row for row in rows if ("task", row.task_id) in plan.items}

    def cells(self) -> CellsRow:
        """Their four cells on the day, and those of the period before at its end."""
        plan = self._plan
        before = None if plan.before is None else self._count(plan.before, plan.earlier)
        return CellsRow("directives", self._count(plan.items, plan.day), before)

    def _count(self, state: State, day: date) -> FourCells:
        until = end_of_day_utc(day)
        counted = [
            CountedTask(item.values["status"], item.values["due"], item.values["finished_on"])
            for id_, row in self._given.items()
            if row.given_at <= until and (item := state.get(("task", id_))) is not None
        ]
        return count(counted, today=day)

    def told(self, first: date) -> Iterable[DirectiveFact]:
        """What is open, and what was finished or recalled from that day on, in the order of the
        plan.
        """
        for item in self._plan.tasks:
            if item.id in self._given and self._is_told(item, first):
                yield self._fact(item, first)

    def _is_told(self, item: Item, first: date) -> bool:
        status, finished_on = item.values["status"], item.values["finished_on"]
        if status == DONE:
            is_late_news = self._plan.is_new(item)
            return is_late_news or (finished_on is not None and finished_on >= first)
        recalled_on = self._recalled_on(item)
        return TaskStatus(status).is_open or (recalled_on is not None and recalled_on >= first)

    def _recalled_on(self, item: Item) -> date | None:
        recalled_at = self._given[item.id].recalled_at
        if recalled_at is None or recalled_at > end_of_day_utc(self._plan.day):
            return None
        return local_day(recalled_at)

    def _fact(self, item: Item, first: date) -> DirectiveFact:
        row, task = self._given[item.id], self._plan.told(item)
        given_on = local_day(row.given_at)
        return DirectiveFact(
            code=task.code,
            title=task.title,
            group=task.group,
            strand=task.strand,
            status=task.status,
            lateness=task.lateness,
            document=task.assigned_by,
            given_by=row.full_name,
            given_on=given_on,
            lead_unit=task.lead_unit,
            owner=task.owner,
            due=task.due,
            forecast=task.forecast,
            finished_on=task.finished_on,
            result=task.result,
            progress=task.progress,
            is_new=given_on >= first,
            recalled_why=(row.recalled_why or "") if self._recalled_on(item) else "",
        )
