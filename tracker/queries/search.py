"""Finding tasks and milestones by words, with or without marks, by code and reference number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    String,
    bindparam,
    column,
    func,
    or_,
    select,
    table,
    text,
)

from tracker.extensions import db
from tracker.lib.text import exact_mark_rank, fold, marked_words, strip_controls
from tracker.models import Group, SearchEntry
from tracker.policies import groups as may
from tracker.policies.actor import Actor

WORD = re.compile(r"\w+")
SHORTEST = 2
MOST_WORDS = 12
# So many are fetched by their words and then put in order by their marks.
CANDIDATES = 200


@dataclass(frozen=True)
class Hit:
    """Something found. `kind` is task or milestone."""

    kind: str
    code: str
    title: str
    body: str
    group_key: str
    group_name: str
    group_name_en: str | None


@dataclass(frozen=True)
class Found:
    """A page of hits, and whether there were more than could be ranked."""

    hits: Sequence[Hit]
    total: int
    is_cut: bool


def words_of(query: str) -> list[str]:
    """The folded words of a query."""
    return WORD.findall(fold(query))[:MOST_WORDS]


def search(
    actor: Actor, query: str, *, kind: str | None = None, first: int = 0, most: int = 20
) -> Found:
    """What has all the words (the last may be a beginning), exact marks and codes first."""
    query = strip_controls(query).strip()
    words = words_of(query)
    if not words or len("".join(words)) < SHORTEST:
        return Found((), 0, is_cut=False)
    candidates = _candidates(db.session.get_bind().dialect.name, of_kind=bool(kind))
    asked = {"kind": kind, "code": query.upper(), "most": CANDIDATES, **may.sight(actor)}
    # Beginnings take long to look for: only where whole words leave room.
    for is_begun in (False, True):
        asked["wanted"] = _wanted(words, is_begun=is_begun)
        rows = list(db.session.execute(candidates, asked))
        is_cut = len(rows) == CANDIDATES
        if is_cut:
            break
    marked = marked_words(query)
    if is_cut and marked:  # those with the very marks may be older than all candidates
        rows += db.session.execute(candidates.where(*map(_has_in_title, marked)), asked)
    named = db.session.execute(_of_code(of_kind=bool(kind)), asked).all()
    ranked = sorted({row.code: row for row in (*named, *rows)}.values(), key=_by_marks(query))
    hits = [Hit(*row) for row in ranked[first : first + most]]
    return Found(hits, len(ranked), is_cut=is_cut)


def _columns(*, of_kind: bool) -> Any:  # noqa: ANN401 - a select of seven columns
    query = (
        select(
            SearchEntry.kind,
            SearchEntry.code,
            SearchEntry.title,
            SearchEntry.body,
            Group.key,
            Group.name,
            Group.name_en,
        )
        .select_from(SearchEntry)
        .join(Group, Group.id == SearchEntry.group_id)
        .where(may.visible())
    )
    return query.where(SearchEntry.kind == bindparam("kind")) if of_kind else query


@cache
def _of_code(*, of_kind: bool) -> Any:  # noqa: ANN401 - a select of seven columns
    """The thing whose code was typed, which may be older than all candidates."""
    return _columns(of_kind=of_kind).where(SearchEntry.code == bindparam("code"))


@cache
def _candidates(dialect: str, *, of_kind: bool) -> Any:  # noqa: ANN401 - a select of seven columns
    """The newest entries with all the words, from the text index of the database at hand."""
    query = _columns(of_kind=of_kind).limit(bindparam("most", type_=Integer))
    if dialect == "sqlite":
        index = table("search_words", column("rowid"))
        return (
            query.join(index, index.c.rowid == SearchEntry.id)
            .where(text("search_words MATCH :wanted"))
            .order_by(index.c.rowid.desc())
        )
    wanted = bindparam("wanted", type_=String)
    document = func.to_tsvector(text("'simple'"), SearchEntry.folded)
    return query.where(document.op("@@")(func.to_tsquery(text("'simple'"), wanted))).order_by(
        SearchEntry.id.desc()
    )


def _wanted(words: list[str], *, is_begun: bool) -> str:
    """All the words, the last perhaps only begun, as the text index at hand is asked."""
    if db.session.get_bind().dialect.name == "sqlite":
        return " AND ".join(f'"{word}"' for word in words) + ("*" if is_begun else "")
    return " & ".join(words) + (":*" if is_begun else "")


def _has_in_title(word: str) -> ColumnElement[bool]:
    """As titles have words: SQLite knows the capitals of ASCII only."""
    spellings = {word.lower(), word.capitalize(), word.upper()}
    return or_(*(SearchEntry.title.contains(one, autoescape=True) for one in sorted(spellings)))


def _by_marks(query: str) -> Callable[[Row[Any]], tuple[object, ...]]:
    """Its own code first; then titles with the very marks; then any text with them."""

    def rank(row: Row[Any]) -> tuple[object, ...]:
        missing = exact_mark_rank(row.title, query)
        anywhere = exact_mark_rank(f"{row.title} {row.body}", query) if missing else 0
        return row.code != query.upper(), missing, anywhere

    return rank
