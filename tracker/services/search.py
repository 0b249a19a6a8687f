"""Keeping the search index: one row for each thing that can be found."""

import re
from typing import Any

from sqlalchemy import Select, delete, select

from tracker.extensions import db
from tracker.lib.text import fold, nfc
from tracker.models import Milestone, SearchEntry, Task

WORD = re.compile(r"\w+")


def index(thing: Task | Milestone) -> None:
    """Make the thing findable under its present words."""
    db.session.flush()  # a new thing needs its id
    stored = db.session.scalar(_entry_of(thing))
    if stored is None:
        stored = SearchEntry()
        db.session.add(stored)
    for name, value in entry(thing).items():
        setattr(stored, name, value)


def entry(thing: Task | Milestone) -> dict[str, Any]:
    """The row of the index for the thing."""
    title, body = nfc(thing.title), nfc(_body(thing))
    return {
        "kind": _kind(thing),
        "subject_id": thing.id,
        "group_id": thing.group_id,
        "code": thing.code,
        "title": title,
        "body": body,
        "folded": indexed(f"{thing.code} {title} {body}"),
    }


def indexed(text: str) -> str:
    """The folded words, parted by spaces: both databases then agree on what a word is."""
    return " ".join(WORD.findall(fold(text)))


def forget(thing: Task | Milestone) -> None:
    """Make the thing unfindable (it is in the trash)."""
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.kind == _kind(thing), SearchEntry.subject_id == thing.id
        )
    )


def _entry_of(thing: Task | Milestone) -> Select[SearchEntry]:
    return select(SearchEntry).where(
        SearchEntry.kind == _kind(thing), SearchEntry.subject_id == thing.id
    )


def _kind(thing: Task | Milestone) -> str:
    return type(thing).__name__.lower()


def _body(thing: Task | Milestone) -> str:
    """The further words a thing is found by: reference numbers, results, descriptions."""
    if isinstance(thing, Task):
        parts = (thing.assigning_document, thing.result, thing.description)
    else:
        parts = (thing.evidence, thing.stage_code, thing.description)
    return "\n".join(part for part in parts if part)
