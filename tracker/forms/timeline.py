"""What a timeline can be asked for, in its query string. Nonsense counts as not asked."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from tracker.forms.base import clean
from tracker.forms.plan_filters import LAST_PAGE, ME
from tracker.forms.plan_filters import NOBODY as NOBODYS
from tracker.lib.dates import FIRST_YEAR, LAST_YEAR
from tracker.lib.timeline import Zoom
from tracker.models import Strand
from tracker.queries.timeline import NOBODY, Asked, Kind

LONGEST = 80
TABLE = "table"

Word = TypeVar("Word", bound=StrEnum)


def read(args: Mapping[str, str], me: int) -> Asked:
    """The filters of an address; `me` is the reader, who may ask for their own."""
    owner, name = _owner(clean(args.get("owner")) or "", me)
    return Asked(
        zoom=_word(Zoom, args.get("zoom")) or Zoom.MONTH,
        first=_day(args.get("from", "")),
        kind=_word(Kind, args.get("kind")),
        group=args.get("group", "").upper()[:LONGEST],
        strand=next((strand for strand in Strand if strand.slug == args.get("strand")), None),
        unit=_number(args.get("unit", "")),
        owner=owner,
        name=name,
        page=min(max(_number(args.get("page", "")) or 1, 1), LAST_PAGE),
    )


def written(asked: Asked) -> dict[str, str]:
    """The filters as an address has them, without the page; what is not asked for is left out."""
    owner = NOBODYS if asked.owner == NOBODY else str(asked.owner or asked.name)
    parts = {
        "zoom": asked.zoom if asked.zoom is not Zoom.MONTH else "",
        "from": asked.first.isoformat() if asked.first else "",
        "kind": asked.kind or "",
        "group": asked.group,
        "strand": asked.strand.slug if asked.strand else "",
        "unit": str(asked.unit or ""),
        "owner": owner,
    }
    return {name: str(value) for name, value in parts.items() if value}


def query(asked: Asked, changes: Mapping[str, object]) -> str:
    """The query of an address with something asked for instead; a change to "" drops it."""
    wanted = {**written(asked), **{name: str(value) for name, value in changes.items()}}
    return urlencode({name: value for name, value in wanted.items() if value})


def _word(words: type[Word], text: str | None) -> Word | None:
    return next((word for word in words if word == text), None)


def _owner(text: str, me: int) -> tuple[int | None, str]:
    """Nobody, the reader, a person by id, or else part of a name."""
    if text in {NOBODYS, ME}:
        return (NOBODY if text == NOBODYS else me), ""
    number = _number(text)
    return (number, "") if number else (None, text[:LONGEST])


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
