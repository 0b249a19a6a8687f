"""The preview in words: labels of fields and what stands in them."""

from collections.abc import Sequence
from datetime import date
from enum import Enum

from tracker.lib.dates import format_date
from tracker.queries.importing.names import Named
from tracker.queries.importing.rows import FieldChange, Home, RowPlan
from tracker.queries.stream import FIELDS
from tracker.words import N_, Language

LABELS = {
    **FIELDS,
    "cooperating_unit_ids": FIELDS["cooperating_units"],
    "participant_ids": FIELDS["participants"],
    "position": N_("Thứ tự"),
}
SHOWN_OF_NEW = (
    *("owner_id", "lead_unit_id", "due", "baseline", "result", "status", "finished_on"),
    *("assigning_document", "cooperating_unit_ids", "participant_ids", "start", "forecast"),
    "description",
)
LONGEST = 160


def label(name: str, lang: Language) -> str:
    """What a field is called."""
    return lang.gettext(LABELS[name])


def said(value: object, name: str, lang: Language) -> str:
    """A value as a person reads it; a dash for nothing."""
    match value:
        case None | "" | ():
            return "–"
        case Named() | Home():
            text = value.name if isinstance(value, Named) else value.title
        case tuple():
            text = "; ".join(each.name for each in value if isinstance(each, Named))
        case Enum():
            text = lang.label(value)
        case date():
            text = format_date(value)
        case _:
            text = f"{value} %" if name == "progress" else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def told(changes: Sequence[FieldChange]) -> list[FieldChange]:
    """The changes a person reads: those that follow from another are left out."""
    fields = {change.field for change in changes}
    hidden = {"submitted_on"}
    if "milestone_id" in fields:
        hidden.add("workstream_id")
    if "status" in fields:
        hidden |= {
            change.field
            for change in changes
            if change.field == "progress" and str(change.new) in {"0", "100"}
        }
    order = list(LABELS)
    return sorted(
        (change for change in changes if change.field not in hidden),
        key=lambda change: order.index(change.field),
    )


def summary(row: RowPlan, lang: Language) -> list[tuple[str, str]]:
    """What a new thing would hold, as (label, value)."""
    return [
        (label(name, lang), said(row.values[name], name, lang))
        for name in SHOWN_OF_NEW
        if name in row.values
        and row.values[name] not in (None, "", ())
        and not (name == "forecast" and row.values[name] == row.values.get("baseline"))
    ]


def sentences(row: RowPlan, lang: Language) -> list[str]:
    """What should be known about a row."""
    return [lang.sentence(problem.code, **problem.words) for problem in row.problems]
