"""The timeline of a report: the plan on the day it is told of, in the window around that day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
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
    rows = [
        (stream, row) for stream, row in _rows(places, *items, day, by) if _touches(row, window)
    ]
    if len(rows) > ROWS:
        rows = [(stream, row) for stream, row in rows if row.is_milestone]
    named = {group.key: group for group in groups}
    sections = []
    for stream, here in groupby(rows[:ROWS], lambda placed: placed[0]):
        key, strand = places[stream]
        group = named[key]
        found = tuple(row for _stream, row in here)
        sections.append(Section(key, group.name, group.name_en, strand, found))
    return Timeline(window, day, tuple(sections), total=len(rows))


def _rows(
    places: Mapping[int, tuple[str, Strand]],
    tasks: Sequence[Item],
    milestones: Sequence[Item],
    day: date,
    by: tuple[Calendar, Thresholds],
) -> Iterator[Placed]:
    """By workstream: the tasks that lead to a milestone, then it; the other tasks last."""
    under: dict[tuple[int, int | None], list[Item]] = defaultdict(list)
    known = {item.id for item in milestones}
    for item in tasks:
        values = item.values
        if values["parent_id"] is None and values["status"] != TaskStatus.DROPPED:
            milestone = values["milestone_id"]
            lead = milestone if milestone in known else None
            under[values["workstream_id"], lead].append(item)
    for stream in places:
        for milestone_item in milestones:
            if milestone_item.values["workstream_id"] != stream:
                continue
            yield from (
                (stream, _task(task, day, by[0])) for task in under[stream, milestone_item.id]
            )
            columns = SimpleNamespace(**milestone_item.values)
            yield stream, milestone_row(columns, day, by, may_move=False)
        yield from ((stream, _task(task, day, by[0])) for task in under[stream, None])


def _task(item: Item, day: date, calendar: Calendar) -> Row:
    status = TaskStatus(item.values["status"])
    values = {**item.values, "status": status, "owner": "", "unit": ""}
    return task_row(SimpleNamespace(**values), day, calendar)


def _touches(row: Row, window: Window) -> bool:
    days = [day for day in (row.start, row.planned, row.expected) if day is not None]
    return bool(days) and min(days) < window.end and max(days) >= window.first
