"""The fields of one row of a plan, read from its cells."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.imports.plan import texts, values
from tracker.imports.plan.lines import Line
from tracker.imports.plan.notes import Notes
from tracker.imports.plan.values import Reading
from tracker.lib import codes
from tracker.lib.plan_file import PlanRow, RowKind

TITLE_CHARACTERS = 500
TEXT_CHARACTERS = 5_000


@dataclass(frozen=True)
class Manner:
    """How a sheet is written: what cannot be told from one row alone."""

    today: date
    shares_are_fractions: bool

    @classmethod
    def of(cls, lines: Sequence[Line], today: date) -> "Manner":
        """As its rows show."""
        return cls(today, values.are_fractions([line.cells.get("progress") for line in lines]))


def filled(row: PlanRow, line: Line, manner: Manner, notes: Notes) -> PlanRow:
    """The row with all that its cells say."""
    _check_lengths(line, notes)
    row = _with_code(row, line, notes)
    if row.kind is not RowKind.MILESTONE:
        row = _with_people(_with_document(row, line, manner, notes), line)
        row = replace(
            row,
            result=texts.text(line.cells.get("result")) or None,
            priority=notes.value(values.priority_of(line.cells.get("priority")), line, "priority"),
        )
    row = _with_progress(_with_dates(row, line, manner, notes), line, manner, notes)
    return replace(row, number_text=line.text("number") or None)


def _check_lengths(line: Line, notes: Notes) -> None:
    for field in line.cells:
        limit = TITLE_CHARACTERS if field == "title" else TEXT_CHARACTERS
        if len(line.text(field)) > limit:
            notes.block("plan_text_too_long", line, field, limit=limit)


def _with_code(row: PlanRow, line: Line, notes: Notes) -> PlanRow:
    said = line.text("code")
    parsed = codes.parse(said)
    wanted = codes.CodeKind.MILESTONE if row.kind is RowKind.MILESTONE else codes.CodeKind.TASK
    if said and (parsed is None or parsed.kind is not wanted):
        notes.add("plan_code_foreign", line, "code", value=said)
        return row
    return replace(row, code=said.upper() or None)


def _with_people(row: PlanRow, line: Line) -> PlanRow:
    named = texts.persons(texts.text(line.cells.get("owner")))
    others = texts.persons(texts.text(line.cells.get("participants")))
    return replace(
        row,
        lead_unit=line.text("lead_unit") or None,
        cooperating_units=texts.units(texts.text(line.cells.get("cooperating_units"))),
        owner=named[0] if named else None,
        participants=tuple(dict.fromkeys((*named[1:], *others))),
    )


def _with_document(row: PlanRow, line: Line, manner: Manner, notes: Notes) -> PlanRow:
    said = line.text("assigning_document")
    document, signed, item = values.document_of(said, manner.today)
    stated = values.day_of(line.cells.get("assigning_date"), manner.today)
    return replace(
        row,
        assigning_document=document,
        assigning_date=notes.value(stated, line, "assigning_date") or signed,
        assigning_item=line.text("assigning_item") or item,
    )


def _with_dates(row: PlanRow, line: Line, manner: Manner, notes: Notes) -> PlanRow:
    span = values.span_of(line.cells.get("due"), manner.today)
    start, due = span or (None, _day("due", line, manner, notes))
    row = replace(
        row,
        start=_day("start", line, manner, notes) or start,
        due=due,
        forecast=_day("forecast", line, manner, notes),
        finished_on=_day("finished_on", line, manner, notes),
    )
    if row.start and row.due and row.start > row.due:
        notes.block("plan_start_after_due", line, "start" if "start" in line.cells else "due")
    if row.start and row.forecast and row.start > row.forecast:
        notes.block("plan_forecast_before_start", line, "forecast")
    return row


def _day(field: str, line: Line, manner: Manner, notes: Notes) -> date | None:
    return notes.value(values.day_of(line.cells.get(field), manner.today), line, field)


def _with_progress(row: PlanRow, line: Line, manner: Manner, notes: Notes) -> PlanRow:
    status = values.status_of(line.cells.get("status"))
    share = values.share_of(line.cells.get("progress"), as_fraction=manner.shares_are_fractions)
    # Some plans have one column for both: "Đang thực hiện" where others write 45 %.
    in_words = values.status_of(line.cells.get("progress")).value if share.problem else None
    if in_words is not None:
        share = Reading()
    progress = notes.value(share, line, "progress")
    told = notes.value(status, line, "status") or in_words
    read = {"status": status.problem, "progress": share.problem}
    return replace(
        row,
        progress=progress,
        status=told or values.status_from(progress, row.finished_on),
        note=_note(line, [at for at, problem in read.items() if problem in values.KEPT_AS_NOTE]),
    )


def _note(line: Line, kept: Sequence[str]) -> str | None:
    """The note, and below it what was written where a state or a share was expected."""
    said = [texts.text(line.cells.get("note")), *map(line.text, kept)]
    return "\n".join(filter(None, said)) or None
