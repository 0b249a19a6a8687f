"""Approving the plan of a group, and which two states of it are compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms.validators import InputRequired, Length

from tracker.forms.base import DayField, Form, LineField
from tracker.words import N_

TODAY = "today"


class BaselineForm(Form):
    """The document by which the plan is approved."""

    document_number = LineField(
        N_("Số văn bản phê duyệt"),
        [InputRequired(), Length(max=100)],
        render_kw={"placeholder": "456/QĐ-TĐC"},
    )
    document_date = DayField(
        N_("Ngày văn bản"), [InputRequired()], render_kw={"placeholder": "15/11/2026"}
    )


@dataclass(frozen=True)
class Compared:
    """Which two states of a plan are held against each other; `before` and `after` are the
    numbers of approvals, the plan as it is being TODAY. What names neither is `unknown`, by field.
    """

    before: str
    after: str
    unknown: Mapping[str, str]


def compared(args: Mapping[str, str], numbers: Sequence[int]) -> Compared:
    """Read from an address; without anything the last approval and today."""
    known = {TODAY, *map(str, numbers)}
    asked = {
        "from": args.get("from", "").strip() or str(max(numbers, default=TODAY)),
        "to": args.get("to", "").strip() or TODAY,
    }
    unknown = {name: word[:20] for name, word in asked.items() if word not in known}
    return Compared(asked["from"], asked["to"], unknown)
