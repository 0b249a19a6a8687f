"""What is typed into a report, taken over from any of its forms."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from tracker.adapters import database
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.report_text import NarrativeForm
from tracker.models import Report
from tracker.services.report_text import TEXTS, write
from tracker.web import conflicts, report_page
from tracker.web.authorization import act
from tracker.web.responses import by_ids, wants_fragment

INVALID = 422


def is_typed(report: Report) -> bool:
    """Whether the button was pressed on the form, by somebody who may write."""
    return bool(_sent()) and report.state.is_open and report_page.may_write(report)


def take_over(
    report: Report, form: NarrativeForm, *, writes_on: bool = False
) -> ResponseReturnValue | None:
    """Take over what was typed; else the answer that says why not, with nothing lost.

    Of two texts both may be kept where one `writes_on`: to be submitted they would go unread.
    """
    if not form.validate():
        if wants_fragment():
            part = render_template("reports/_saved.html", report=report, form=form, oob=True)
            return by_ids((part, INVALID))
        db.session.close()  # nothing was written: others may write while the page is made
        database.read_only()
        return make_response(
            render_template("reports/show.html", **report_page.context(report, form=form)), INVALID
        )
    try:
        write(report, form.values(*_sent()), by=act(), seen=_seen(form))
    except StaleError as error:
        settled = [f"seen_{name}" for name in error.conflicts]
        return conflicts.ask(
            form, error, report, target="#report-saved", settled=settled, joins=writes_on
        )
    return None


def add(form: NarrativeForm) -> str:
    """Put the fact whose button was pressed at the end of its text; the name of its section.

    Where scripts run they put it at the cursor, and this is not asked for.
    """
    name, _space, chip = request.form.get("add", "").partition(" ")
    if name not in TEXTS:
        return ""
    form[name].data = f"{form[name].data or ''} {chip}".strip()
    return f"section-{name}"


def held(form: NarrativeForm) -> tuple[int, dict[str, str]]:
    """The oldest version over which the page typed a text, and the texts it holds now."""
    oldest = min(_seen(form).values(), default=0)
    return oldest, form.values(*_sent())


def _sent() -> list[str]:
    return [name for name in TEXTS if name in request.form]


def _seen(form: NarrativeForm) -> dict[str, int]:
    seen = {name: form.seen(name) for name in _sent()}
    return {name: version for name, version in seen.items() if version is not None}
