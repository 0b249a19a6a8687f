"""Reports: the list, a new one chosen by its figures, and its way to being issued."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.exports.report.wording import period as period_words
from tracker.extensions import db
from tracker.forms.reports import ALL, STATES, ListForm, NarrativeForm, WantedForm
from tracker.lib.numbers import whole
from tracker.lib.periods import Period, sending_day
from tracker.models import Group
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.queries import settings
from tracker.services import reports as do
from tracker.web import report_page
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, see_other
from tracker.words import LANGUAGES

bp = Blueprint("reports", __name__, url_prefix="/reports")
INVALID = 422


@bp.get("")
def index() -> ResponseReturnValue:
    """The reports that were written, the latest period first."""
    everyone_signed_in()
    form = ListForm(request.args)
    form.group.choices = [
        ("", _("Mọi tổ")),
        (ALL, _("Tất cả các tổ")),
        *_choices(report_page.seen()),
    ]
    form.state.choices = [("", _("Mọi trạng thái")), *((k, _(v)) for k, v in STATES.items())]
    number = request.args.get("page", 1, type=whole)
    return page(
        "reports/index.html",
        "reports/_list.html",
        found=read.lines(actor(), form.filters, number),
        form=form,
        title_of=report_page.title,
        page_address=_page_address,
        states=STATES,
    )


@bp.get("/new")
def new() -> ResponseReturnValue:
    """Choose a group and a period; see the figures before the report is begun."""
    authorize(may.reports.write_somewhere(actor()))
    form = _wanted_form()
    period = form.wanted()
    status = INVALID if form.errors and request.args else 200
    return page("reports/new.html", "reports/_preview.html", **_preview(form, period)), status


@bp.post("")
def create() -> ResponseReturnValue:
    """Begin the report, or go on with the one that is being written."""
    form = WantedForm(request.form)
    groups = _writable()
    key = form.group.data or ""
    group = None if key == ALL else found(read_groups.find(actor(), key))
    authorize(group in groups)
    form.group.choices = _group_choices(groups)
    form.offer()
    period = form.wanted()
    if period is None:
        full, part = "reports/new.html", "reports/_preview.html"
        return page(full, part, **_preview(form, None)), INVALID
    report = read.draft_of(group, period.word) or do.begin(group, period, by=act())
    db.session.commit()
    return see_other(address_of("reports.show", report_id=report.id, lang=form.lang.data))


@bp.get("/<int:report_id>")
def show(report_id: int) -> ResponseReturnValue:
    """The text to be typed, beside the figures that the report will carry."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    form = NarrativeForm(None, data={**report.narrative, "version": report.version})
    return render_template("reports/show.html", **report_page.context(report, form))


@bp.post("/<int:report_id>/issue")
def issue(report_id: int) -> ResponseReturnValue:
    """Close the report with the figures and words it has now."""
    report = found(read.find(actor(), report_id))
    authorize(may.reports.approve(actor(), report.group))
    db.session.commit()  # lets go of the lock
    facts = report_page.gathered(report)
    report = report_page.to_change(report_id)
    authorize(may.reports.approve(actor(), report.group))
    do.issue(report, do.with_identity(report, facts), by=act())
    db.session.commit()
    return see_other(address_of("reports.show", report_id=report.id), said=_("Đã chốt báo cáo"))


# ---------------------------------------------------------------- what a report is about


def _writable() -> list[Group | None]:
    """What the actor may report on; None is all groups."""
    groups: list[Group | None] = [g for g in report_page.seen() if may.reports.write(actor(), g)]
    has_all = may.reports.write(actor(), None) and read_groups.sees_all(actor())
    return [*groups, None] if has_all else groups


def _choices(groups: Sequence[Group | None]) -> list[tuple[str, str]]:
    english = current().code == "en"
    return [
        (group.key, f"{(english and group.name_en) or group.name} ({group.key})")
        for group in groups
        if group is not None
    ]


def _group_choices(groups: Sequence[Group | None]) -> list[tuple[str, str]]:
    choices = _choices(groups)
    return [*choices, (ALL, _("Tất cả các tổ"))] if None in groups else choices


# ---------------------------------------------------------------- pages


def _wanted_form() -> WantedForm:
    form = WantedForm(request.args)
    groups = _writable()
    form.group.choices = _group_choices(groups)
    keys = [key for key, _words in form.group.choices]
    if form.group.data not in keys:
        writes_all = ALL in keys and len(keys) > len(report_page.seen())
        form.group.data = ALL if writes_all else keys[0] if keys else None
    if form.lang.data not in LANGUAGES:
        form.lang.data = current().code
    form.offer()
    form.validate()
    return form


def _preview(form: WantedForm, period: Period | None) -> dict[str, object]:
    """The page to choose on; with the figures where what is asked for makes sense."""
    context: dict[str, object] = {"form": form, "period": period, "outline": None, "draft": None}
    if period is None:
        return context
    group = read_groups.find(actor(), form.group.data or "") if form.group.data != ALL else None
    return context | {
        "outline": report_page.outline(group, period),
        "draft": read.draft_of(group, period.word),
        "group": group,
        "sending": sending_day(period, settings.calendar()),
        "words": period_words(period, current()),
        "share": report_page.share,
    }


def _page_address(number: int) -> str:
    asked = {**request.args.to_dict(), "page": str(number)}
    return f"{address_of('reports.index')}?{urlencode(asked)}"
