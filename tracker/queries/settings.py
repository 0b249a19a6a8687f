"""Settings of the installation, and the working calendar."""

from typing import Any

from sqlalchemy import select

from tracker.extensions import db
from tracker.lib.health import Thresholds
from tracker.lib.workdays import Calendar
from tracker.models import CalendarDay, Setting


def get(key: str, default: Any = None) -> Any:  # noqa: ANN401 - settings are of any JSON type
    """The value of a setting, else the default."""
    row = db.session.scalar(select(Setting).where(Setting.key == key))
    return default if row is None else row.value


def calendar() -> Calendar:
    """Which days are worked, with holidays and swapped Saturdays."""
    days = db.session.execute(select(CalendarDay.day, CalendarDay.is_working)).all()
    return Calendar(
        holidays=frozenset(row.day for row in days if not row.is_working),
        working=frozenset(row.day for row in days if row.is_working),
    )


def thresholds() -> Thresholds:
    """The limits by which health is judged; those never set are the product's."""
    kept = get("health_thresholds", {})
    known = {name: kept[name] for name in Thresholds.__dataclass_fields__ if name in kept}
    return Thresholds(**known)
