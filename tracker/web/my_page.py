"""What every answer with a card of my work needs, whichever door gives it."""

from typing import Any
from urllib.parse import parse_qsl

from flask import request, url_for

from tracker.forms.base import Form
from tracker.models import MoveReason, Task, TaskStatus
from tracker.queries import my_work as read
from tracker.queries.my_work import Show
from tracker.web import clock
from tracker.web.authorization import actor
from tracker.web.language import gettext
from tracker.web.responses import behind, found

LAST_PAGE = 100_000


def asked() -> Show | None:
    """The heap that the address, the form or the page behind names; nonsense is not asked."""
    asked_behind = dict(parse_qsl(behind().query))
    name = request.values.get("show") or asked_behind.get("show")
    return next((show for show in Show if show == name), None)


def is_behind() -> bool:
    """Whether the change was made in the drawer beside my work."""
    return behind().path == url_for("my_work.show")


def number() -> int:
    """The screen of it."""
    text = request.values.get("page", "")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def address(show: Show | None = None, page: int | None = None) -> str:
    """Where a heap lies; as asked for, where nothing is said."""
    page = number() if page is None else page
    return url_for("my_work.show", show=show or asked(), page=page if page > 1 else None)


def page() -> dict[str, Any]:
    """For `my_work/_my_work.html`."""
    work = read.my_work(actor(), asked(), number(), clock.today())
    return {
        "work": work,
        "show": work.show,
        "counts": work.counts,
        "statuses": [status for status in TaskStatus if status is not TaskStatus.REVIEW],
        **_round_a_card(),
    }


def changed(code: str, form: Form | None = None) -> dict[str, Any]:
    """For `my_work/todo_changed.html`: the card and the numbers above it."""
    counts = read.counts(actor(), clock.today())
    return {
        "todo": found(read.todo(actor(), code, clock.today())),
        "todo_form": form,
        "show": asked() or counts.first,
        "counts": counts,
        **_round_a_card(),
    }


def around_requests() -> dict[str, Any]:
    """For the numbers above the heap, after a request was answered."""
    return {
        "show": asked() or Show.EXTENSIONS,
        "counts": read.counts(actor(), clock.today()),
        "address": address,
    }


def undo(task: Task) -> str:
    """Where one's word that the task has ended is taken back; nothing where it goes on."""
    if task.status.is_open and task.status is not TaskStatus.REVIEW:
        return ""
    return url_for("my_work.take_back", code=task.code, show=asked(), page=number())


def said(task: Task) -> str:
    """What has become of the task."""
    match task.status:
        case TaskStatus.DONE:
            return gettext("Đã xong %(code)s", code=task.code)
        case TaskStatus.REVIEW:
            return gettext("%(code)s đã gửi đi chờ duyệt", code=task.code)
    return gettext("Đã lưu %(code)s", code=task.code)


def _round_a_card() -> dict[str, Any]:
    return {
        "address": address,
        "number": number(),
        "reasons": list(MoveReason),
    }
