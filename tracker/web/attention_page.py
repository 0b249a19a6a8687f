"""What the templates of what needs attention take, on the board and on their own page."""

from collections.abc import Sequence
from datetime import date

from tracker import policies as may
from tracker.queries import attention, board, decisions, hides, ranked
from tracker.queries.attention import Heap
from tracker.queries.board import Row
from tracker.queries.decisions import Line
from tracker.queries.ranked import Points, Waiting
from tracker.web import clock, days
from tracker.web.authorization import actor


def mark() -> tuple[int, int] | bool:
    """What tells what this reader may put off and did, for what is kept: few ever did."""
    if not may.decisions.hide(actor()):
        return False
    last = hides.last(actor())
    return (actor().person_id, last) if last else True


def puts_off() -> bool:
    """Whether there is anything the reader does not want to see today."""
    return may.decisions.hide(actor()) and bool(hides.of(actor(), clock.today()))


def approves() -> bool:
    """Whether the reader approves in all groups, so that what was submitted waits for them."""
    return may.tasks.Desk.of(actor()).approves_everything


def points() -> Points:
    """Everything in all groups."""
    rows = board.board(actor(), clock.today(), board.Filters(), days.now()).rows
    return _points(rows, decisions.waiting(actor(), clock.today()))


def now(rows: Sequence[Row]) -> dict[str, object]:
    """For `board/_attention.html`: of the rows, and how many questions wait in all groups."""
    wanted = decisions.waiting(actor(), clock.today())
    return {"points": _points(rows, wanted), "wanted": len(wanted)}


def then(rows: Sequence[Row], day: date) -> dict[str, object]:
    """The same of a past day, where nothing is to be done any more."""
    return {
        "points": ranked.points(actor(), rows, day),
        "wanted": decisions.waited(actor(), day),
    }


def _points(rows: Sequence[Row], wanted: Sequence[Line]) -> Points:
    today = clock.today()
    keys = {row.key for row in rows}
    waiting = Waiting(
        [line for line in wanted if line.group_key in keys],
        [task for task in _submitted() if task.key in keys],
    )
    put_off = hides.of(actor(), today) if may.decisions.hide(actor()) else {}
    return ranked.points(actor(), rows, today, waiting, put_off)


def _submitted() -> Sequence[attention.Item]:
    """For who does not approve it, nothing."""
    if not approves():
        return ()
    return attention.longest(actor(), Heap.REVIEW, clock.today())
