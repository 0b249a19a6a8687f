"""What can be done with a programme: name it, say which groups it has, order, retire."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select

from tracker.extensions import db
from tracker.models import Group, Programme, ProgrammeGroup
from tracker.services import history
from tracker.services.act import Act


def create(
    *, name: str, by: Act, groups: Sequence[int] = (), name_en: str | None = None
) -> Programme:
    """Make a programme of the groups with these ids, after the others."""
    last = db.session.scalar(select(func.max(Programme.position))) or 0
    programme = Programme(name=name, name_en=name_en, position=last + 1)
    history.created(programme, by=by)
    _set_groups(programme, groups, by=by)
    return programme


def edit(
    programme: Programme, values: Mapping[str, object], *, by: Act, seen: int | None = None
) -> None:
    """Change names, retire it or bring it back; it is never deleted: the history speaks of it."""
    history.change(programme, history.merged(programme, values, seen=seen), by=by)


def choose_groups(
    programme: Programme, groups: Sequence[int], *, by: Act, seen: int | None = None
) -> None:
    """Say which groups are in it; who two people added or took away counts for both."""
    now = _groups(programme)
    wanted = history.merged_list(programme, "groups", now, groups, seen=seen)
    _set_groups(programme, wanted, by=by)


def move(programme: Programme, *, steps: int, by: Act) -> None:
    """Let the programme stand so many places later (earlier when negative)."""
    row = list(db.session.scalars(select(Programme).order_by(Programme.position, Programme.id)))
    place = row.index(programme)
    row.remove(programme)
    row.insert(min(max(place + steps, 0), len(row)), programme)
    for position, one in enumerate(row, start=1):
        history.change(one, {"position": position}, by=by)


def _groups(programme: Programme) -> list[int]:
    """The ids of its groups, in the order of the board."""
    query = (
        select(ProgrammeGroup.group_id)
        .join(Group, Group.id == ProgrammeGroup.group_id)
        .where(ProgrammeGroup.programme_id == programme.id)
        .order_by(Group.position, Group.id)
    )
    return list(db.session.scalars(query))


def _set_groups(programme: Programme, groups: Sequence[int], *, by: Act) -> None:
    before = _groups(programme)
    if set(groups) == set(before):
        return
    db.session.execute(delete(ProgrammeGroup).where(ProgrammeGroup.programme_id == programme.id))
    db.session.add_all(ProgrammeGroup(programme_id=programme.id, group_id=one) for one in groups)
    db.session.flush()  # so that the order of the board can be asked for
    history.record(programme, "groups", before, _groups(programme), by=by)
