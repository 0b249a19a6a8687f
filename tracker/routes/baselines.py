"""Approvals of a group's plan, each with its document: made, read, and held against each other."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.exports import baselines as files
from tracker.extensions import db
from tracker.forms.baselines import BaselineForm, Compared, compared
from tracker.lib.numbers import LARGEST, whole
from tracker.lib.plan_comparison import Comparison
from tracker.lib.plan_comparison import compare as hold_against
from tracker.models import Group, Strand
from tracker.queries import baselines as read
from tracker.queries import groups as read_groups
from tracker.queries import settings
from tracker.services import baselines as do
from tracker.web import clock
from tracker.web.authorization import act, actor, authorize
from tracker.web.files import sheet
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address, narrowed
from tracker.web.responses import answer, found, invalid, page

bp = Blueprint("baselines", __name__)
FIELD_OF = {"document_in_future": "document_date"}
OK, UNPROCESSABLE = 200, 422
MOST = 20_000  # rows of a file


@bp.get("/groups/<key>/baselines")
def index(key: str) -> ResponseReturnValue:
    """Every approval of the plan, and what an approval of today would cover."""
    group = _group(key)
    shown = _shown(group, BaselineForm(formdata=None))
    return page("baselines/index.html", "baselines/_list.html", **shown)


@bp.post("/groups/<key>/baselines")
def create(key: str) -> ResponseReturnValue:
    """Approve the plan as it stands with a document."""
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.approve_baseline(actor(), group))
    form = BaselineForm()
    if not form.validate():
        return invalid("baselines/index.html", "baselines/_list.html", **_shown(group, form))
    try:
        baseline = do.approve(group, by=act(), **form.values("document_number", "document_date"))
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "document_number")
        return invalid("baselines/index.html", "baselines/_list.html", **_shown(group, form))
    db.session.commit()
    return answer(
        "baselines/_list.html",
        otherwise=url_for("baselines.index", key=group.key),
        said=_("Kế hoạch được phê duyệt lần %(number)s", number=baseline.number),
        **_shown(group, BaselineForm(formdata=None)),
    )


@bp.get("/groups/<key>/baselines/<int:number>")
def show(key: str, number: int) -> ResponseReturnValue:
    """What was approved, beside what has become of it."""
    group, approval = _approval(key, number)
    strand = _strand()
    asked = request.args.get("page", 1, type=whole)
    calendar = settings.calendar()
    return page(
        "baselines/show.html",
        "baselines/_lines.html",
        group=group,
        approval=approval,
        strand=strand,
        strands=list(Strand),
        counts=read.counts(approval),
        lines=read.lines(approval, calendar, strand, asked),
        address=address,
        narrowed=narrowed,
    )


@bp.get("/groups/<key>/baselines/<int:number>.<format_name>")
def file(key: str, number: int, format_name: str) -> ResponseReturnValue:
    """The same as a file, whole."""
    group, approval = _approval(key, number)
    lines = read.lines(approval, settings.calendar(), size=MOST).rows
    title = _("Kế hoạch %(key)s duyệt lần %(number)s", key=group.key, number=number)
    lang, today = current(), clock.today()
    make = {
        "csv": lambda: files.lines_csv(lines, lang),
        "xlsx": lambda: files.lines_xlsx(lines, title, lang, today),
    }
    db.session.commit()  # who waits for a turn holds no connection
    return sheet(format_name, make, f"{group.key}-baseline", str(number))


@bp.get("/groups/<key>/baselines/compare")
def compare(key: str) -> ResponseReturnValue:
    """Two approvals, or one and the plan of today, held against each other."""
    group = _group(key)
    approvals = read.listing(group)
    asked = compared(request.args, [one.number for one in approvals])
    states: dict[str, Any] = {"from": asked.before, "to": asked.after}
    context = {
        "group": group,
        "approvals": approvals,
        "asked": asked,
        "comparison": None if asked.unknown else _compare(group, approvals, asked),
        "bases": files.BASES,
        "strands": {strand.value: strand for strand in Strand},
        "file_at": partial(url_for, "baselines.compared_file", key=group.key, **states),
    }
    answered = page("baselines/compare.html", "baselines/_comparison.html", **context)
    return answered, UNPROCESSABLE if asked.unknown else OK


@bp.get("/groups/<key>/baselines/compare.<format_name>")
def compared_file(key: str, format_name: str) -> ResponseReturnValue:
    """The same as a file."""
    group = _group(key)
    approvals = read.listing(group)
    asked = compared(request.args, [one.number for one in approvals])
    if asked.unknown:
        abort(404)
    comparison = _compare(group, approvals, asked)
    words = f"{asked.before}-{asked.after}"
    title = _("So sánh kế hoạch %(key)s", key=group.key)
    lang, today = current(), clock.today()
    make = {
        "csv": lambda: files.comparison_csv(comparison, lang),
        "xlsx": lambda: files.comparison_xlsx(comparison, title, lang, today),
    }
    db.session.commit()  # who waits for a turn holds no connection
    return sheet(format_name, make, f"{group.key}-baselines", words)


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _approval(key: str, number: int) -> tuple[Group, read.Approval]:
    group = _group(key)
    return group, found(read.find(group, number) if number <= LARGEST else None)


def _strand() -> str:
    asked = request.args.get("strand", "")
    return next((strand.value for strand in Strand if strand.value == asked), "")


def _compare(group: Group, approvals: Sequence[read.Approval], asked: Compared) -> Comparison:
    by_number = {str(one.number): one for one in approvals}
    before, after = (
        read.items(by_number[word]) if word in by_number else read.items_today(group)
        for word in (asked.before, asked.after)
    )
    return hold_against(before, after, [strand.value for strand in Strand], settings.calendar())


def _shown(group: Group, form: BaselineForm) -> dict[str, Any]:
    return {
        "group": group,
        "form": form,
        "approvals": read.listing(group),
        "pending": read.pending(group),
    }
