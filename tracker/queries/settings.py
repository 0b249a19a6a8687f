"""Settings of the installation, and the working calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, String, bindparam, case, cast, func, select

from tracker.extensions import db
from tracker.lib.health import Thresholds
from tracker.lib.workdays import Calendar
from tracker.models import CalendarDay, Setting

THRESHOLDS = "health_thresholds"
REPORT_HEADER = "report_header"
REPORT_TEMPLATE = "report_template"
HOLIDAY, WORKING = "-", "+"
INSTALLATION = "installation"


@dataclass(frozen=True)
class ReportHeader:
    """The bodies, the place, the symbol and the signer at the head of reports, as offices write
    them; an administrator types them once. Empty means: not said.

    `signer_form` is a code of `Authority`: by which right `signer_post` signs for
    `signer_authority`; `group_signer_form` and `unit_signer_form` are those of reports which a
    group or a unit issues itself.
    `drafter` are initials; `copies` is how many are issued, 0 is not said.
    """

    superior_body: str = ""
    superior_body_en: str = ""
    issuing_body: str = ""
    issuing_body_en: str = ""
    place: str = "Hà Nội"
    place_en: str = ""
    symbol: str = ""
    drafting_unit: str = ""
    drafter: str = ""
    copies: int = 0
    signer_form: str = ""
    signer_authority: str = ""
    signer_authority_en: str = ""
    signer_post: str = ""
    signer_post_en: str = ""
    signer_name: str = ""
    group_signer_form: str = "TM"
    unit_signer_form: str = ""
    # One a line: to whom reports are sent, and who gets a copy.
    addressees: str = ""
    addressees_en: str = ""
    recipients: str = ""
    recipients_en: str = ""
    # One a line, below the first page: address, telephone, mail, site.
    address: str = ""
    address_en: str = ""


def get(key: str, default: Any = None) -> Any:  # noqa: ANN401 - settings are of any JSON type
    """The value of a setting, else the default."""
    row = db.session.execute(_value(), {"key": key}).one_or_none()
    return default if row is None else row.value


@cache
def _value() -> Select[object]:
    return select(Setting.value).where(Setting.key == bindparam("key"))


def calendar() -> Calendar:
    """Which days are worked, with holidays and swapped Saturdays."""
    days = db.session.scalar(_days())
    return _calendar(days or "")


@lru_cache(8)
def _calendar(days: str) -> Calendar:
    marked = [(date.fromisoformat(text[:-1]), text[-1]) for text in days.split()]
    return Calendar(
        holidays=frozenset(day for day, mark in marked if mark == HOLIDAY),
        working=frozenset(day for day, mark in marked if mark == WORKING),
    )


@cache
def _days() -> Select[str | None]:
    """All of them in one text: the same text is the same calendar, which every page asks for."""
    mark = case((CalendarDay.is_working, WORKING), else_=HOLIDAY)
    return select(func.aggregate_strings(cast(CalendarDay.day, String) + mark, " "))


def thresholds() -> Thresholds:
    """The limits by which health is judged; those never set are the product's."""
    return Thresholds(**_known(Thresholds, get(THRESHOLDS, {})))


def judging() -> tuple[Thresholds, Calendar]:
    """The limits and the calendar, by which workstreams are judged; one query."""
    limits, days = db.session.execute(_judging(), {"key": THRESHOLDS}).one()
    return Thresholds(**_known(Thresholds, limits or {})), _calendar(days or "")


@cache
def _judging() -> Select[Any, str | None]:
    return select(_value().scalar_subquery(), _days().scalar_subquery())


def report_header() -> ReportHeader:
    """What stands at the head and the foot of every report."""
    return ReportHeader(**_known(ReportHeader, get(REPORT_HEADER, {})))


def installation_name() -> str:
    """A name no other installation has; empty until something needs one. Backups bring it along."""
    return str(get(INSTALLATION, ""))


def version(key: str) -> int:
    """The version of a setting for a form; 0 while nobody has set it."""
    return db.session.scalar(select(Setting.version).where(Setting.key == key)) or 0


def find(key: str) -> Setting | None:
    """The row of a setting."""
    return db.session.scalar(select(Setting).where(Setting.key == key))


def _known(kind: type, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Without the fields that an earlier or later release had."""
    return {field.name: kept[field.name] for field in fields(kind) if field.name in kept}
