"""What the month calendar can be asked for, in its query string. Nonsense counts as not asked."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from tracker.forms.plan_filters import ME, NOBODY, owner
from tracker.lib.dates import FIRST_YEAR, LAST_YEAR
from tracker.models import Strand
from tracker.queries.month import Asked, Kind

Word = TypeVar("Word", bound=StrEnum)


def read(args: Mapping[str, str], me: int, today: date) -> Asked:
    """The month and the filters of an address; this month unless it says another."""
    on = day(args)
    month = on.replace(day=1) if on else _month(args.get("month", ""))
    return Asked(
        month=month or today.replace(day=1),
        strand=_word(Strand, args.get("strand", "")),
        owner=owner(args.get("owner", ""), me),
        kind=_word(Kind, args.get("kind", "")),
    )


def day(args: Mapping[str, str]) -> date | None:
    """The one day that is asked for: `day=2026-11-23`."""
    try:
        found = date.fromisoformat(args.get("day", ""))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def query(asked: Asked, me: int, today: date, changes: Mapping[str, object]) -> str:
    """The query of an address with something asked for instead; a change to "" drops it."""
    usual = today.replace(day=1)
    written = {
        "month": "" if asked.month == usual else f"{asked.month:%Y-%m}",
        "strand": asked.strand.slug if asked.strand else "",
        "owner": {None: "", 0: NOBODY, me: ME}.get(asked.owner, str(asked.owner)),
        "kind": asked.kind or "",
    }
    wanted = {**written, **{name: str(value) for name, value in changes.items()}}
    return urlencode({name: value for name, value in wanted.items() if value})


def _month(text: str) -> date | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _word(words: type[Word], text: str) -> Word | None:
    return next((word for word in words if text in {word, getattr(word, "slug", None)}), None)
