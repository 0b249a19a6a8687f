"""For machines that watch: is the process alive, is it ready, what waits."""

import os
import secrets
from collections import Counter
from threading import Lock

from flask import Blueprint, Response, abort, request

from tracker.adapters import clock, schema
from tracker.config import LOOPBACK
from tracker.extensions import db
from tracker.queries import outbox as read
from tracker.web.configuration import config
from tracker.web.session import public

bp = Blueprint("health", __name__)
PLAIN = "text/plain; charset=utf-8"
answers: Counter[str] = Counter()
lock = Lock()


@bp.after_app_request
def count(response: Response) -> Response:
    """Count every answer of this process by its class."""
    with lock:
        answers[f"{response.status_code // 100}xx"] += 1
    return response


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers. The database is not asked: restarting would not mend it."""
    return Response("ok\n", content_type=PLAIN)


@bp.get("/readyz")
@public
def ready() -> Response:
    """The process can do its work: the database is there and of this version."""
    try:
        up_to_date = schema.is_up_to_date(db.session.connection())
    except schema.UNREACHABLE:
        return Response("database unreachable\n", 503, content_type=PLAIN)
    if not up_to_date:
        return Response("database not up to date: tracker db upgrade\n", 503, content_type=PLAIN)
    return Response("ok\n", content_type=PLAIN)


@bp.get("/metrics")
@public
def metrics() -> Response:
    """A few numbers as Prometheus reads them; for this machine or with METRICS_TOKEN only."""
    if not may_measure():
        abort(404)
    backlog, tick = read.backlog(), read.last_tick()
    now = clock.now()
    lines = [
        f'nqi_answers_total{{class="{kind}",pid="{os.getpid()}"}} {number}'
        for kind, number in sorted(answers.items())
    ]
    lines.append(f"nqi_outbox_waiting {backlog.waiting}")
    lines.append(f"nqi_outbox_given_up {backlog.given_up}")
    if backlog.oldest is not None:
        lines.append(f"nqi_outbox_oldest_seconds {(now - backlog.oldest).total_seconds():.0f}")
    if tick is not None:
        lines.append(f"nqi_worker_tick_age_seconds {(now - tick).total_seconds():.0f}")
    return Response("\n".join([*lines, ""]), content_type="text/plain; version=0.0.4")


def may_measure() -> bool:
    """Asked from this machine itself, or with the token.

    Behind a proxy that is not told of (TRUSTED_PROXIES) everybody seems to be this machine.
    """
    token = config().metrics_token
    if token and secrets.compare_digest(
        request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode()
    ):
        return True
    forwarded = "X-Forwarded-For" in request.headers and not config().trusted_proxies
    return request.remote_addr in LOOPBACK and not forwarded
