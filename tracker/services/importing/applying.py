"""Confirming an import: all of it in the caller's transaction, or nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from tracker.errors import RuleViolationError
from tracker.models import Group, Import
from tracker.queries.importing import Outcome, Preview, RowPlan
from tracker.queries.importing.names import NameKind
from tracker.queries.importing.rows import RowKey
from tracker.services import people
from tracker.services.act import Act, Why
from tracker.services.importing import drafts
from tracker.services.importing.writing import Writing


def apply(import_: Import, preview: Preview, *, why: Why | None, by: Act) -> None:
    """Write what the preview shows. It must be of the present plan: the caller made it just now.

    Rows that cannot be imported stay out; whether they may is the caller's question.
    """
    if import_.state != drafts.DRAFT:
        raise RuleViolationError("import_not_draft")
    _check(preview, why)
    by = replace(by, cause=f"import:{import_.id}")
    added = _add_people(preview, by=by)
    written: dict[RowKey, str] = {}
    for group in preview.groups:
        rows = [row for row in preview.rows if _is_of(row, preview, group)]
        written |= Writing(preview.standings[group.id], rows, added, why, by).write()
    import_.state = drafts.APPLIED
    import_.applied_at = by.at
    import_.person_id = by.person_id
    import_.counts = dict(preview.counts)
    import_.answers = {
        **import_.answers,
        "codes": _codes(preview, written),
        "left_out": _left_out(preview),
    }
    drafts.link(import_, preview.groups)


def _check(preview: Preview, why: Why | None) -> None:
    if preview.open_sheets:
        raise RuleViolationError("import_sheets_open")
    if any(row.is_asked for row in preview.rows):
        raise RuleViolationError("import_questions_open")
    if preview.does_nothing:
        raise RuleViolationError("import_changes_nothing")
    if preview.counts["moves"] and why is None:
        raise RuleViolationError("reason_needed")


def _add_people(preview: Preview, *, by: Act) -> dict[tuple[NameKind, str], int]:
    found: dict[tuple[NameKind, str], int] = {}
    for named in preview.to_add:
        if named.kind is NameKind.PERSON:
            found[named.kind, named.key] = people.create_person(named.name, by=by).id
        else:
            found[named.kind, named.key] = people.create_unit(named.name, by=by).id
    return found


def _is_of(row: RowPlan, preview: Preview, group: Group) -> bool:
    of = preview.sheets[row.key[0]].group
    return of is not None and of.id == group.id


def _codes(preview: Preview, written: Mapping[RowKey, str]) -> dict[str, dict[str, str]]:
    """By sheet and row, what it became: the next import is held against this one."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in preview.rows:
        code = written.get(row.key) or (row.thing.code if row.thing else None)
        if code and row.outcome is not Outcome.LEFT_OUT:
            found[row.sheet][str(row.key[1])] = code
    return dict(found)


def _left_out(preview: Preview) -> list[dict[str, Any]]:
    """Why rows stayed out: the plan will have moved on when somebody asks."""
    return [
        asdict(problem)
        for row in preview.left_out
        for problem in row.problems
        if problem.is_blocking
    ]
