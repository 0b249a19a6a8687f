"""The time of this request, read once, so that one answer never spans midnight."""

from datetime import date, datetime

from flask import g

from tracker.adapters import clock
from tracker.lib.dates import local_day


def now() -> datetime:
    """The moment the request came in, in UTC."""
    if "now" not in g:
        g.now = clock.now()
    moment: datetime = g.now
    return moment


def today() -> date:
    """The date in Viet Nam when the request came in."""
    return local_day(now())
