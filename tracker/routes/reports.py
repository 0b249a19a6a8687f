"""Reports: the list, a new one chosen by its figures, and its way to being issued."""

from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.exports.report.first_page import compared_with
from tracker.exports.report.tables import SORTS
from tracker.extensions import db
from tracker.forms.base import Form
from tracker.forms.report_text import NarrativeForm
from tracker.forms.reports import (
    ALL,
    UNIT,
    IssueForm,
    ListForm,
    ReasonForm,
    RemarksForm,
    WantedForm,
)
from tracker.jobs import scheduling
from tracker.lib.numbers import whole
from tracker.lib.periods import Period, sending_day
from tracker.models import Group, Report, ReportRecord
from tracker.queries import choices as read_choices
from tracker.queries import groups as read_groups
from tracker.queries import regimes, settings
from tracker.queries import reports as read
from tracker.queries import units as read_units
from tracker.queries.report_facts import Basis, SinceFact
from tracker.queries.reports import records
from tracker.services import regimes as regimes_do
from tracker.services import report_exports as exports_do
from tracker.services import reports as do
from tracker.web import clock, report_changes, report_page
from tracker.web import report_writing as writing
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.configuration import config
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address
from tracker.web.responses import found, page, see_other
from tracker.web.templating import named
from tracker.words import LANGUAGES

bp = Blueprint("reports", __name__, url_prefix="/reports")
ALTERED, INVALID = 409, 422


@bp.get("")
def index() -> ResponseReturnValue:
    """The reports that were written, the latest period first."""
    everyone_signed_in()
    form = ListForm(request.args)
    units = read.units(actor())
    form.group.choices = [
        ("", _("Mọi tổ")),
        (ALL, _("Tất cả các tổ")),
        *_choices(report_page.seen()),
    ]
    form.unit.choices = [("", _("Mọi đơn vị")), *((str(one.id), named(one)) for one in units)]
    form.offer()
    number = request.args.get("page", 1, type=whole)
    return page(
        "reports/index.html",
        "reports/_list.html",
        found=read.lines(actor(), form.filters, number, today=clock.today()),
        form=form,
        has_units=bool(units),
        title_of=report_page.title,
        address=address,
        chosen_lang=current().code,
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
    group = _group(form)
    authorize(group in groups)
    form.group.choices = _of_whom(groups)
    form.offer()
    period = form.wanted()
    if period is None:
        full, part = "reports/new.html", "reports/_preview.html"
        return page(full, part, **_preview(form, None)), INVALID
    scope = form.scope(period, group)
    report = regimes_do.begin_wanted(group, period, scope, by=act())
    db.session.commit()
    return see_other(address_of("reports.show", report_id=report.id, lang=form.lang.data))


@bp.get("/<int:report_id>")
def show(report_id: int) -> ResponseReturnValue:
    """The text to be typed, beside the figures that the report will carry."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    return _page(report)


@bp.get("/<int:report_id>/records/<int:record_id>")
def record(report_id: int, record_id: int) -> ResponseReturnValue:
    """What the report said when it was submitted, whatever has become of it since."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    record = found(records.find(report, record_id))
    return _page(report, record)


def _page(report: Report, record: ReportRecord | None = None) -> ResponseReturnValue:
    """The page of a report; of a record that was altered in the database what is left of it."""
    try:
        context = report_page.context(report, record=record)
    except RuleViolationError as error:
        if error.code != "record_altered":
            raise
        sentence = current().sentence(error.code, **error.values)
        left = report_page.left_of(report, record)
        return render_template("reports/altered.html", sentence=sentence, **left), ALTERED
    return render_template("reports/show.html", **context)


@bp.get("/<int:report_id>/records/<int:record_id>/changes")
def changes(report_id: int, record_id: int) -> ResponseReturnValue:
    """What a record says otherwise than the one before it."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    record = found(records.find(report, record_id))
    before = found(records.before(record))
    told = report_page.differences(report, before, record)
    return render_template(
        "reports/changes.html",
        report=report,
        title=report_page.title(report),
        record=record,
        before=before,
        changes=report_changes.changes(told, current()),
    )


@bp.post("/<int:report_id>/submit")
def submit(report_id: int) -> ResponseReturnValue:
    """Keep what was typed so far, freeze the facts with it, and hand the report over."""
    report = report_page.to_change(report_id)
    authorize(report_page.may_write(report))
    if writing.is_typed(report):
        refusal = writing.take_over(report, NarrativeForm())
        if refusal is not None:
            return refusal
    db.session.commit()  # others write while the facts are gathered
    try:
        frozen = report_page.frozen(report)
    except RuleViolationError as error:
        return _shown_again(report, current().sentence(error.code, **error.values))
    report = report_page.to_change(report_id)
    authorize(report_page.may_write(report))
    do.submit(report, frozen, by=act())
    db.session.commit()
    return _done(report, _("Đã trình báo cáo"))


@bp.post("/<int:report_id>/return")
def return_(report_id: int) -> ResponseReturnValue:
    """Give it back to who wrote it, with remarks."""
    report = report_page.to_change(report_id)
    authorize(may.reports.approve(actor(), report.group))
    form = RemarksForm()
    if not form.validate():
        return _shown_again(report, returning=form)
    try:
        do.return_(report, form.remarks.data or "", by=act(), seen=_looked_at())
    except RuleViolationError as error:
        if error.code != "report_submitted_again":
            raise
        db.session.rollback()
        form.blame(error, {}, "remarks")
        return _shown_again(report_page.to_change(report_id), returning=form)
    db.session.commit()
    return _done(report, _("Đã trả lại báo cáo"))


@bp.post("/<int:report_id>/approve")
def approve(report_id: int) -> ResponseReturnValue:
    """Approve what was looked at."""
    report = report_page.to_change(report_id)
    authorize(may.reports.approve(actor(), report.group))
    do.approve(report, by=act(), seen=_looked_at())
    db.session.commit()
    return _done(report, _("Đã duyệt báo cáo"))


@bp.post("/<int:report_id>/issue")
def issue(report_id: int) -> ResponseReturnValue:
    """Enter the number and date of the clerk."""
    report = report_page.to_change(report_id)
    authorize(may.reports.issue(actor(), report.group))
    form = IssueForm()
    if not form.validate():
        return _shown_again(report, issuing=form)
    try:
        number = report_page.whole_number(report, form.number.data or "")
        record = do.issue(report, number, form.given_on, by=act())
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, {"report_day_wrong": "day"}, "number")
        return _shown_again(report_page.to_change(report_id), issuing=form)
    exports_do.ask_paper(report, record, by=act())
    db.session.commit()
    scheduling.wake(config())
    return _done(report, _("Đã ban hành báo cáo"))


@bp.post("/<int:report_id>/reopen")
def reopen(report_id: int) -> ResponseReturnValue:
    """Open what was issued for a correction: it stays, the next is another revision."""
    report = report_page.to_change(report_id)
    authorize(may.reports.issue(actor(), report.group))
    form = ReasonForm()
    if not form.validate():
        return _shown_again(report, reopening=form)
    do.reopen(report, form.why.data or "", by=act())
    db.session.commit()
    return _done(report, _("Đã mở bản %(revision)s", revision=report.revision_name))


def _looked_at() -> int | None:
    """The record on the page whose button was pressed."""
    return request.form.get("record", type=whole)


def _done(report: Report, said: str) -> ResponseReturnValue:
    return see_other(address_of("reports.show", report_id=report.id), said=said)


def _shown_again(report: Report, refusal: str = "", **forms: Form) -> ResponseReturnValue:
    """The page, with what is wrong in its text or in one of its other forms."""
    db.session.commit()  # nothing was written: others may write while the page is made
    text = NarrativeForm(None, data={**report.narrative, "version": report.version})
    if refusal:
        text.form_errors.append(refusal)
    return render_template(
        "reports/show.html", **report_page.context(report, text, **forms)
    ), INVALID


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


def _of_whom(groups: Sequence[Group | None]) -> dict[str, list[tuple[str, str]]]:
    """What a report can be on; who writes the one on all groups writes those of units too."""
    choices = {_("Một tổ công tác"): _choices(groups)}
    if None not in groups:
        return choices
    units = [
        (f"{UNIT}{one.id}", one.words)
        for one in read_choices.units(clock.today(), code=current().code)
    ]
    return {
        **choices,
        _("Tổng hợp các tổ"): [(ALL, _("Tất cả các tổ"))],
        **({_("Một đơn vị"): units} if units else {}),
    }


def _group(form: WantedForm) -> Group | None:
    """The group whose report is wanted; None where it is on all of them, or of a unit."""
    asked = form.group.data or ""
    if asked == ALL:
        return None
    if form.unit_id is not None:
        found(read_units.find(form.unit_id))
        return None
    return found(read_groups.find(actor(), asked))


# ---------------------------------------------------------------- pages


def _wanted_form() -> WantedForm:
    form = WantedForm(request.args)
    groups = _writable()
    form.group.choices = _of_whom(groups)
    keys = [key for some in form.group.choices.values() for key, _words in some]
    if form.group.data not in keys:
        writes_all = None in groups and len(groups) > len(report_page.seen())
        form.group.data = ALL if writes_all else keys[0] if keys else None
    if form.lang.data not in LANGUAGES:
        form.lang.data = current().code
    form.offer()
    form.validate()
    return form


def _preview(form: WantedForm, period: Period | None) -> dict[str, object]:
    """The page to choose on; with the figures where what is asked for makes sense."""
    context: dict[str, object] = {"form": form, "period": period, "outline": None, "known": None}
    if period is None or not form.group.data:
        return context
    group = _group(form)
    scope = form.scope(period, group)
    outline = report_page.outline([group] if group else report_page.seen(), period, scope)
    known = read.of_period(scope, period.word)
    return context | {
        "outline": outline,
        "compared": compared_with(outline.facts.since or SinceFact(Basis.NOTHING), current()),
        "sorts": SORTS,
        "known": known,
        "scope": scope,
        "due_on": regimes.deadline(
            known, period.word, group_id=scope.group_id, unit_id=scope.unit_id
        ),
        "sending": sending_day(period, settings.calendar()),
        "heading": report_page.heading(scope.kind, period),
        "share": report_page.share,
    }
