"""Keeping the search index: one row for each thing that can be found."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, select

from tracker.extensions import db
from tracker.lib.text import fold, nfc
from tracker.models import Deliverable, Milestone, Risk, SearchEntry, Task

WORD = re.compile(r"\w+")
Findable = Task | Milestone | Deliverable | Risk


def index(thing: Findable) -> None:
    """Make the thing findable under its present words."""
    db.session.flush()  # a new thing needs its id
    stored = db.session.scalar(_entry(), {"kind": _kind(thing), "subject_id": thing.id})
    if stored is None:
        stored = SearchEntry()
        db.session.add(stored)
    for name, value in entry(thing).items():
        setattr(stored, name, value)


def index_new(things: Iterable[Findable]) -> None:
    """The same for many that are known to be new and have their ids."""
    db.session.add_all(SearchEntry(**entry(thing)) for thing in things)


def entry(thing: Findable) -> dict[str, Any]:
    """The row of the index for the thing."""
    title, body = nfc(_title(thing)), nfc(_body(thing))
    return {
        "kind": _kind(thing),
        "subject_id": thing.id,
        "group_id": thing.group_id,
        "code": thing.code,
        "title": title,
        "body": body,
        "folded": folded_of(thing),
    }


def indexed(text: str) -> str:
    """The folded words, parted by spaces: both databases then agree on what a word is."""
    return " ".join(WORD.findall(fold(text)))


def folded_of(thing: Findable) -> str:
    """The folded words of the thing, for lists that look for them themselves."""
    return indexed(f"{thing.code} {_title(thing)} {_body(thing)}")


def forget(thing: Findable) -> None:
    """Make the thing unfindable (it is in the trash)."""
    db.session.execute(
        delete(SearchEntry).where(
            SearchEntry.kind == _kind(thing), SearchEntry.subject_id == thing.id
        )
    )


@cache
def _entry() -> Select[SearchEntry]:
    return select(SearchEntry).where(
        SearchEntry.kind == bindparam("kind"), SearchEntry.subject_id == bindparam("subject_id")
    )


def _kind(thing: Findable) -> str:
    return type(thing).__name__.lower()


def _title(thing: Findable) -> str:
    """A deliverable is known by its reference first."""
    if isinstance(thing, Deliverable) and thing.reference:
        return f"{thing.reference} – {thing.title}"
    return thing.title


def _body(thing: Findable) -> str:
    """The further words a thing is found by: reference numbers, results, descriptions."""
    parts: Sequence[str | None]
    if isinstance(thing, Task):
        parts = (thing.assigning_document, thing.result, thing.description)
    elif isinstance(thing, Deliverable):
        parts = (
            thing.title_en,
            thing.based_on,
            thing.replaces,
            thing.committee,
            thing.ics,
            thing.note,
        )
    elif isinstance(thing, Risk):
        parts = (thing.description, thing.response)
    else:
        parts = (thing.evidence, thing.stage_code, thing.description)
    return "\n".join(part for part in parts if part)
