"""What the templates of a question to a director take, wherever it is shown."""

from collections.abc import Sequence

from tracker.forms.base import Form
from tracker.forms.decisions import AnswerForm, DocumentForm, WithdrawForm
from tracker.models import Decision, Milestone, Task
from tracker.policies import decisions as may
from tracker.queries import decisions as read
from tracker.queries import history, stream
from tracker.queries import meeting_entries as entries
from tracker.queries.decisions import Line
from tracker.web import clock
from tracker.web.authorization import actor
from tracker.web.language import current

FORMS = {
    AnswerForm: "answer_form",
    DocumentForm: "document_form",
    WithdrawForm: "withdraw_form",
}


def card(decision: Decision, refused: Form | None = None) -> dict[str, object]:
    """For `decisions/_decision.html`; a form that was refused comes back as it was typed."""
    line = read.line(actor(), decision, clock.today())
    return {
        "line": line,
        "decided_in": entries.of_decision(actor(), decision.id) if line.decided_by else None,
        "group": decision.group,
        "entries": stream.changed(history.of("decision", decision.id), current()),
        "answer_form": AnswerForm(formdata=None, data={"decided_on": clock.today()}),
        "document_form": DocumentForm(formdata=None),
        "withdraw_form": WithdrawForm(formdata=None),
        **({FORMS[type(refused)]: refused} if refused is not None else {}),
        "answerable": line.is_open and may.answer(actor()),
        "editable": may.edit(actor(), decision),
        "documentable": may.add_document(actor(), decision),
    }


def of_item(item: Task | Milestone) -> Sequence[Line]:
    """For `decisions/_fact.html`: what is asked because the item stalls."""
    return read.of_item(actor(), item, clock.today())
