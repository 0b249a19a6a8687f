"""The timeline of a report: the plan on the day it is told of, in the window around that day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from types import SimpleNamespace

from tracker.lib.health import Thresholds
from tracker.lib.timeline import Window, Zoom
from tracker.lib.workdays import Calendar
from tracker.models import Group, Strand, TaskStatus
from tracker.queries.reports.rewind import Item
from tracker.queries.timeline import Row, Section, Timeline, milestone_row, task_row

# Three sheets of paper; where there are more rows, the tasks are left to the annex of all tasks.
ROWS = 60
Placed = tuple[int, Row]


def picture(
    groups: Sequence[Group],
    places: Mapping[int, tuple[str, Strand]],
    items: tuple[Sequence[Item], Sequence[Item]],
    day: date,
    by: tuple[Calendar, Thresholds],
) -> Timeline:
    """Tasks (first of `items`) and milestones, each in the order of the plan."""
    window = Window.around(day, Zoom.MONTH)
    touched = tuple([item for item in some if _touches(item, window)] for some in items)
    total = sum(map(len, touched))
    tasks, milestones = touched if total <= ROWS else ([], touched[1])
    rows = list(islice(_rows(places, tasks, milestones, day, by), ROWS))
    named = {group.key: group for group in groups}
    sections = []
    for stream, here in groupby(rows, lambda placed: placed[0]):
        key, strand = places[stream]
        group = named[key]
        found = tuple(row for _stream, row in here)
        sections.append(Section(key, group.name, group.name_en, strand, found))
    return Timeline(window, day, tuple(sections), total=total)


def _rows(
    places: Mapping[int, tuple[str, Strand]],
    tasks: Sequence[Item],
    milestones: Sequence[Item],
    day: date,
    by: tuple[Calendar, Thresholds],
) -> Iterator[Placed]:
    """By workstream: the tasks that lead to a milestone, then it; the other tasks last."""
    known = {item.id for item in milestones}
    leading: dict[int, list[Item]] = defaultdict(list)
    for item in milestones:
        leading[item.values["workstream_id"]].append(item)
    under: dict[tuple[int, int | None], list[Item]] = defaultdict(list)
    for item in tasks:
        milestone = item.values["milestone_id"]
        lead = milestone if milestone in known else None
        under[item.values["workstream_id"], lead].append(item)
    for stream in places:
        for one in leading[stream]:
            yield from ((stream, _task(task, day, by[0])) for task in under[stream, one.id])
            columns = SimpleNamespace(**one.values)
            yield stream, milestone_row(columns, day, by, may_move=False)
        yield from ((stream, _task(task, day, by[0])) for task in under[stream, None])


def _task(item: Item, day: date, calendar: Calendar) -> Row:
    return task_row(SimpleNamespace(**item.values, owner="", unit=""), day, calendar)


def _touches(item: Item, window: Window) -> bool:
    """Whether any of its days is shown; parts of tasks and what was dropped are not."""
    values = item.values
    known: tuple[date | None, ...]
    if item.kind == "milestone":
        known = (values["baseline"], values["forecast"], values["closed_on"])
    elif values["parent_id"] is not None or values["status"] == TaskStatus.DROPPED:
        return False
    else:
        known = (values["start"], values["due"], values["forecast"], values["finished_on"])
    days = [day for day in known if day is not None]
    return bool(days) and min(days) < window.end and max(days) >= window.first
