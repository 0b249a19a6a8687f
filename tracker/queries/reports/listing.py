"""The reports that were written, and the files that were made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload, undefer

from tracker.extensions import db
from tracker.models import Group, Report, ReportFile
from tracker.policies import reports as may
from tracker.policies.actor import Actor

PAGE = 50
DRAFT = "draft"


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; empty means all. `group` is a key, or "all"."""

    group: str = ""
    period: str = ""
    state: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self == Filters()


@dataclass(frozen=True)
class Line:
    """A report in the list, with what was made of it."""

    report: Report
    files: Sequence[ReportFile]


@dataclass(frozen=True)
class Lines:
    """One screen of the list."""

    lines: Sequence[Line]
    page: int
    pages: int
    total: int


def lines(actor: Actor, filters: Filters, page: int) -> Lines:
    """The reports the actor may see, those of the latest periods first."""
    conditions = [may.visible_to(actor), *_conditions(filters)]
    wanted = select(Report.id).outerjoin(Report.group).where(*conditions)
    total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    reports = db.session.scalars(
        select(Report)
        .outerjoin(Report.group)
        .options(contains_eager(Report.group), joinedload(Report.person))
        .where(*conditions)
        .order_by(
            Report.last_day.desc(),
            Report.first_day,
            Report.group_id.is_not(None),  # the databases sort NULL apart
            Group.position,
            Report.id.desc(),
        )
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    made = _files(report.id for report in reports)
    return Lines([Line(report, made.get(report.id, [])) for report in reports], page, pages, total)


def _conditions(filters: Filters) -> Iterable[ColumnElement[bool]]:
    if filters.group == "all":
        yield Report.group_id.is_(None)
    elif filters.group:
        yield Group.key == filters.group.upper()
    if filters.period:
        yield Report.period == filters.period
    if filters.state:
        yield Report.state == filters.state


def find(actor: Actor, report_id: int, *, to_change: bool = False) -> Report | None:
    """The report with its group and author, if the actor may see it.

    `to_change` makes who else wants to change it wait, as saving by itself and a button may meet,
    and reads it anew if it was read before.
    """
    query = (
        select(Report)
        .options(joinedload(Report.group), joinedload(Report.person), joinedload(Report.regime))
        .where(Report.id == report_id, may.visible_to(actor))
    )
    if to_change:
        query = query.with_for_update(of=Report).execution_options(populate_existing=True)
    return db.session.scalar(query)


def draft_of(group: Group | None, period: str) -> Report | None:
    """The report of that group (or of all) and period that is still being written."""
    return db.session.scalar(
        select(Report)
        .where(
            Report.group_id == group.id if group else Report.group_id.is_(None),
            Report.period == period,
            Report.state == DRAFT,
        )
        .order_by(Report.id.desc())
        .limit(1)
    )


def files(report: Report) -> Sequence[ReportFile]:
    """What was made of the report, the latest first; without the content."""
    return _files([report.id]).get(report.id, [])


def file(report: Report, file_id: int) -> ReportFile | None:
    """A file of the report with its content."""
    return db.session.scalar(
        select(ReportFile)
        .options(undefer(ReportFile.content))
        .where(ReportFile.report_id == report.id, ReportFile.id == file_id)
    )


def _files(report_ids: Iterable[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(
        select(ReportFile)
        .where(ReportFile.report_id.in_(list(report_ids)))
        .order_by(ReportFile.id.desc())
    ):
        found[row.report_id].append(row)
    return found
