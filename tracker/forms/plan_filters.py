"""What a list of tasks can be asked for, in its query string. Nonsense counts as not asked.

Plain functions: an address is read on every page, and nobody is told what is wrong with it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from tracker.forms.base import clean
from tracker.models import TaskStatus
from tracker.queries.plan import COLUMN, LONGEST_COLUMN, Due, Filters, Sort

LAST_PAGE = 100_000
LONGEST = 200
NOBODY, ME = "none", "me"

Word = TypeVar("Word", bound=StrEnum)


def read(args: Mapping[str, str], me: int) -> Filters:
    """The filters of an address; `me` is the reader, who may ask for their own."""
    return Filters(
        text=(clean(args.get("q")) or "")[:LONGEST],
        owner=owner(args.get("owner", ""), me),
        status=_word(TaskStatus, args.get("status")),
        due=_word(Due, args.get("due")),
        clear={"yes": True, "no": False}.get(args.get("clear", "")),
        sort=_word(Sort, args.get("sort")) or Sort.PLAN,
        page=_number(args.get("page", ""), 1, LAST_PAGE),
    )


def written(filters: Filters) -> dict[str, str]:
    """The filters as an address has them, without the page; what is not asked for is left out."""
    asked = {
        "q": filters.text,
        "owner": NOBODY if filters.owner == 0 else str(filters.owner or ""),
        "status": filters.status or "",
        "due": filters.due or "",
        "clear": {True: "yes", False: "no", None: ""}[filters.clear],
        "sort": filters.sort if filters.sort is not Sort.PLAN else "",
    }
    return {name: str(value) for name, value in asked.items() if value}


def query(filters: Filters, changes: Mapping[str, object]) -> str:
    """The query of an address with something asked for instead; a change to "" drops it."""
    asked = {**written(filters), **{name: str(value) for name, value in changes.items()}}
    return urlencode({name: value for name, value in asked.items() if value})


def back(filters: Filters, more: str = "") -> str:
    """All that was asked for as one text, for the forms on the page to bring along."""
    page = filters.page if filters.page > 1 else ""
    return query(filters, {"page": page, "more": more})


def read_back(text: str | None, me: int) -> Filters:
    """The filters that `back` wrote."""
    return read(arguments(text), me)


def arguments(text: str | None) -> dict[str, str]:
    """The arguments in the query of an address."""
    return dict(parse_qsl(urlsplit(f"?{text or ''}").query))


def lengths(args: Mapping[str, str]) -> dict[TaskStatus, int]:
    """`more=doing:40` asks for forty cards of a column."""
    status, _, number = args.get("more", "").partition(":")
    column = _word(TaskStatus, status)
    return {column: _number(number, COLUMN, LONGEST_COLUMN)} if column else {}


def _word(words: type[Word], text: str | None) -> Word | None:
    return next((word for word in words if word == text), None)


def owner(text: str, me: int) -> int | None:
    """Whose: `me`, `none` or the id of a person; `none` is 0."""
    if text in {NOBODY, ME}:
        return 0 if text == NOBODY else me
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _number(text: str, least: int, most: int) -> int:
    digits = text.isascii() and text.isdigit() and len(text) < 10
    return min(max(int(text), least), most) if digits else least
