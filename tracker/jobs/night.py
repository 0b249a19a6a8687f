"""What is done once a night: check the summaries, keep the day, forget what is old."""

import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta

from tracker.adapters import database
from tracker.extensions import db
from tracker.lib import dates
from tracker.models import OutboxItem
from tracker.queries import nights
from tracker.services import (
    accounts,
    importing,
    notifications,
    outbox,
    people,
    records,
    recurrences,
    regimes,
    report_exports,
    risks,
    settings,
    snapshots,
    summaries,
    trash,
)
from tracker.services.act import Act

log = logging.getLogger("tracker.jobs")
KIND = "night"
HOUR = time(2, 0)  # in Viet Nam
# So many missed days are made up for in a night: the year before an upgrade takes a fortnight.
DAYS_AT_ONCE = 30


def plan(*, at: datetime) -> OutboxItem | None:
    """Promise this night's work once it is two o'clock; two workers promise it but once.

    A machine that was off at two makes up for it when it is on again.
    """
    here = at.astimezone(dates.ZONE)
    day = here.date() if here.time() >= HOUR else here.date() - timedelta(days=1)
    return outbox.put(KIND, f"{KIND}:{day.isoformat()}", {}, at=at)


def work(*, at: datetime) -> dict[str, int]:
    """Do it, each part in a transaction of its own; doing it twice does no harm.

    A part that fails holds no other up; all that failed is raised together in the end.
    """
    by = Act(person_id=None, at=at, cause="night")
    parts: dict[str, Callable[[], int]] = {
        "summaries_mended": summaries.rebuild,
        "days_kept": lambda: keep_missed(at=at),
        "purged": lambda: trash.purge(by=by),
        "attempts_forgotten": lambda: accounts.forget_attempts(at=at),
        "outbox_forgotten": lambda: outbox.forget_old(at=at),
        "names_taken_up": lambda: people.take_up_names(by=by),
        "drafts_forgotten": lambda: importing.forget_drafts(at=at) + records.forget_drafts(at=at),
        "exports_forgotten": lambda: report_exports.forget_old(at=at),
        "holidays_filled": lambda: settings.fill_years_ahead(by=by),
        "tasks_recurring": lambda: recurrences.make_due(by=by),
        "reviews_reminded": lambda: risks.remind(by=by),
        "reports_reminded": lambda: regimes.remind(by=by),
        "check_ins_asked": lambda: notifications.announce_check_in(by=by),
    }
    counts: dict[str, int] = {}
    failures: list[Exception] = []
    for name, part in parts.items():
        try:
            counts[name] = part()
            db.session.commit()
        except Exception as error:  # whatever it is, the next part has nothing to do with it
            db.session.rollback()
            log.exception("a part of the night failed", extra={"fields": {"part": name}})
            failures.append(error)
    log.info("night work done", extra={"fields": counts})
    if failures:
        raise ExceptionGroup("parts of the night failed", failures)
    return counts


def keep_missed(*, at: datetime, most: int = DAYS_AT_ONCE) -> int:
    """Keep how the days before this one ended, as far as that is not kept yet, the latest first.

    Returns how many. Writers wait only while it is stored, not while the history is played again.
    """
    yesterday = dates.local_day(at) - timedelta(days=1)
    with database.reading():
        missed = nights.missed(yesterday, most)
        db.session.commit()  # ends the reader's transaction
    return snapshots.keep(missed)
