"""Plans as they are read from a file, made by hand."""

from datetime import date

from tracker.lib.plan_file import Column, PlanFile, PlanRow, PlanSheet, RowKind

FIELDS = [
    "code",
    "title",
    "strand",
    "milestone",
    "lead_unit",
    "cooperating_units",
    "owner",
    "participants",
    "start",
    "due",
    "forecast",
    "result",
    "progress",
    "status",
    "finished_on",
    "priority",
    "note",
]
COLUMNS = tuple(
    Column(f"{chr(65 + number)}1", field, field)
    for number, field in enumerate(FIELDS)
    if field != "status"
)
STATUS = Column("N1", "Tình trạng", "status")
DUE = date(2026, 12, 31)


def milestone(row, title="Công bố TCVN", *, strand="standards", **values):
    return PlanRow(row, RowKind.MILESTONE, title, strand, **{"due": DUE} | values)


def task(row, title="Soạn dự thảo", *, strand="standards", **values):
    return PlanRow(row, RowKind.TASK, title, strand, **values)


def part(row, title, of, *, strand="standards", **values):
    return PlanRow(row, RowKind.SUBTASK, title, strand, parent_row=of, **values)


def sheet(*rows, name="Hal", problems=(), columns=COLUMNS):
    return PlanSheet(name, name, rows, tuple(problems), columns)


def file(*rows, problems=(), columns=COLUMNS):
    """A file with one sheet for HAL."""
    return PlanFile((sheet(*rows, problems=problems, columns=columns),))
