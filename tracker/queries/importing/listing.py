"""Imports there are: drafts, confirmed and undone ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from tracker.extensions import db
from tracker.lib import plan_file
from tracker.lib.paging import SIZE, Page, within
from tracker.lib.plan_file import Problem
from tracker.models import Change, Group, Import, ImportGroup, Person
from tracker.policies import groups as may_groups
from tracker.policies import imports as may
from tracker.policies.actor import Actor
from tracker.queries import groups as read_groups

LATELY = 1000


@dataclass(frozen=True)
class ImportRow:
    """An import in the list."""

    id: int
    file_name: str
    state: str
    counts: Mapping[str, int]
    person: str
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    groups: Sequence[Group] = ()


@dataclass(frozen=True)
class BecameRow:
    """A row of a confirmed import and the code of what it is."""

    row: int
    title: str
    code: str
    is_milestone: bool


def listing(actor: Actor, number: int = 1) -> Page[ImportRow]:
    """Those the actor may open, the latest first."""
    allowed = may.listed_for(actor)
    total = db.session.scalar(select(func.count(Import.id)).where(allowed)) or 0
    number = within(number, total)
    rows = db.session.execute(
        select(
            *(Import.id, Import.file_name, Import.state, Import.counts, Import.created_at),
            *(Import.applied_at, Import.undone_at, Person.full_name, Group),
        )
        .outerjoin(Person, Person.id == Import.person_id)
        .outerjoin(Group, Group.id == Import.group_id)
        .where(allowed)
        .order_by(Import.id.desc())
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    groups = _groups_of([row.id for row in rows])
    found = [
        ImportRow(
            row.id,
            row.file_name,
            row.state,
            row.counts,
            row.full_name or "",
            row.created_at,
            row.applied_at,
            row.undone_at,
            groups.get(row.id) or ([row.Group] if row.Group else ()),
        )
        for row in rows
    ]
    return Page(found, number, total)


def _groups_of(import_ids: Sequence[int]) -> Mapping[int, Sequence[Group]]:
    found: dict[int, list[Group]] = defaultdict(list)
    for import_id, group in db.session.execute(
        select(ImportGroup.import_id, Group)
        .join(Group, Group.id == ImportGroup.group_id)
        .where(ImportGroup.import_id.in_(import_ids))
        .order_by(Group.position, Group.id)
    ):
        found[import_id].append(group)
    return found


def find(import_id: int) -> Import | None:
    """The import with its plan, its group and who brought it; the caller asks the policy."""
    return db.session.scalar(
        select(Import)
        .options(joinedload(Import.group), joinedload(Import.person))
        .where(Import.id == import_id)
    )


def groups_of(import_: Import) -> Sequence[Group]:
    """The groups it is for."""
    return _groups_of([import_.id]).get(import_.id, ())


def shapeable(actor: Actor) -> Sequence[Group]:
    """The groups the actor may import into."""
    return [group for group in read_groups.listing(actor) if may_groups.shape_plan(actor, group)]


def left_out_of(import_: Import) -> list[Problem]:
    """Why rows of a confirmed import stayed out."""
    kept = import_.answers.get("left_out")
    return [Problem(**problem) for problem in kept] if isinstance(kept, list) else []


def became(import_: Import) -> list[BecameRow]:
    """Which row of a confirmed import is which thing, in the order of the file."""
    codes = import_.answers.get("codes")
    if not isinstance(codes, dict):
        return []
    return [
        BecameRow(row.row, row.title, codes[sheet.name][str(row.row)], row.kind == "milestone")
        for sheet in plan_file.from_json(import_.plan).sheets
        for row in sheet.rows
        if str(row.row) in codes.get(sheet.name, ())
    ]


def twin(import_: Import) -> Import | None:
    """The last confirmed import of the very same file, if there is one."""
    return db.session.scalar(
        select(Import)
        .options(defer(Import.plan), joinedload(Import.person))
        .where(Import.sha256 == import_.sha256, Import.state == "applied", Import.id != import_.id)
        .order_by(Import.id.desc())
        .limit(1)
    )


def revision() -> tuple[int, int]:
    """Another one after any change: what was read before it may no longer be so.

    The number of the last changes counts too, for one with a lower id may be stored later.
    """
    last = db.session.scalar(select(func.max(Change.id))) or 0
    lately = select(func.count()).select_from(Change).where(Change.id > last - LATELY)
    return last, db.session.scalar(lately) or 0
