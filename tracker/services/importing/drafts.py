"""A file that was read and is not confirmed yet: nothing of the plan is written."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.lib import plan_file
from tracker.lib.plan_file import PlanFile
from tracker.lib.text import nfc, strip_controls
from tracker.models import Group, Import, ImportGroup
from tracker.queries.importing import Answers
from tracker.services.act import Act

DRAFT, APPLIED, UNDONE = "draft", "applied", "undone"
KEPT = timedelta(days=30)
NAME_CHARACTERS = 200


def draft(plan: PlanFile, data: bytes, file_name: str, *, group: Group | None, by: Act) -> Import:
    """Keep what was read until somebody confirms it."""
    import_ = Import(
        group_id=group.id if group else None,
        file_name=named(file_name),
        sha256=hashlib.sha256(data).hexdigest(),
        plan=plan_file.to_json(plan),
        answers=Answers().to_json(),
        state=DRAFT,
        counts={},
        person_id=by.person_id,
        created_at=by.at,
    )
    db.session.add(import_)
    db.session.flush()  # its number is its address
    return import_


def named(file_name: str) -> str:
    """The name of the file alone, as it is shown."""
    last = strip_controls(nfc(file_name)).replace("\\", "/").rpartition("/")[2]
    return " ".join(last.split())[-NAME_CHARACTERS:] or "…"


def answer(import_: Import, answers: Answers, groups: Iterable[Group]) -> None:
    """Keep what was chosen in the preview, and for which groups the import is."""
    if import_.state != DRAFT:
        raise RuleViolationError("import_not_draft")
    import_.answers = {**import_.answers, **answers.to_json()}
    link(import_, groups)


def link(import_: Import, groups: Iterable[Group]) -> None:
    """Note for which groups the import is."""
    wanted = {group.id for group in groups}
    linked = set(
        db.session.scalars(select(ImportGroup.group_id).where(ImportGroup.import_id == import_.id))
    )
    if linked - wanted:
        db.session.execute(
            delete(ImportGroup).where(
                ImportGroup.import_id == import_.id, ImportGroup.group_id.in_(linked - wanted)
            )
        )
    db.session.add_all(
        ImportGroup(import_id=import_.id, group_id=group_id) for group_id in wanted - linked
    )


def discard(import_: Import) -> None:
    """Throw a draft away. It was never part of the plan, so nothing is recorded."""
    if import_.state != DRAFT:
        raise RuleViolationError("import_not_draft")
    _delete([import_.id])


def forget_drafts(*, at: datetime) -> int:
    """Throw away drafts that nobody confirmed within 30 days; returns how many."""
    old = list(
        db.session.scalars(
            select(Import.id).where(Import.state == DRAFT, Import.created_at < at - KEPT)
        )
    )
    _delete(old)
    return len(old)


def _delete(ids: list[int]) -> None:
    db.session.execute(delete(ImportGroup).where(ImportGroup.import_id.in_(ids)))
    db.session.execute(delete(Import).where(Import.id.in_(ids)))
