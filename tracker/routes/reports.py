"""Reports: chosen, written beside their figures, and taken away as files."""

from collections.abc import Sequence
from io import BytesIO
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, make_response, render_template, request, send_file
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.adapters import database
from tracker.config import Config
from tracker.errors import StaleError
from tracker.exports.report.formats import FORMATS, Format
from tracker.exports.report.wording import label, reason, share
from tracker.exports.report.wording import period as period_words
from tracker.extensions import db
from tracker.forms.reports import ALL, STATES, ListForm, NarrativeForm, WantedForm
from tracker.lib.numbers import whole
from tracker.lib.periods import Period, parse, sending_day
from tracker.models import Group, Report
from tracker.queries import groups as read_groups
from tracker.queries import reports as read
from tracker.queries import settings
from tracker.queries.importing import revision
from tracker.queries.report_facts import SECTIONS, ReportFacts
from tracker.services import reports as do
from tracker.web import clock, conflicts, turns
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.cache import kept
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, see_other, wants_fragment
from tracker.words import DEFAULT_LANGUAGE, LANGUAGES, Language, language

bp = Blueprint("reports", __name__, url_prefix="/reports")
INVALID = 422


@bp.get("")
def index() -> ResponseReturnValue:
    """The reports that were written, the latest period first."""
    everyone_signed_in()
    form = ListForm(request.args)
    form.group.choices = [("", _("Mọi tổ")), (ALL, _("Tất cả các tổ")), *_choices(_seen())]
    form.state.choices = [("", _("Mọi trạng thái")), *((k, _(v)) for k, v in STATES.items())]
    number = request.args.get("page", 1, type=whole)
    return page(
        "reports/index.html",
        "reports/_list.html",
        found=read.lines(actor(), form.filters, number),
        form=form,
        title_of=_title,
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
    return render_template("reports/show.html", **_page(report, form))


@bp.post("/<int:report_id>")
def update(report_id: int) -> ResponseReturnValue:
    """Keep what was typed; htmx sends it now and then by itself."""
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(may.reports.write(actor(), report.group))
    form = NarrativeForm()
    refusal = _write(report, form)
    if refusal is not None:
        return refusal
    db.session.commit()
    here = address_of("reports.show", report_id=report.id)
    if not wants_fragment():
        return see_other(here, said=_("Đã lưu"))
    return make_response(render_template("reports/_saved.html", report=report, form=form))


@bp.post("/<int:report_id>/issue")
def issue(report_id: int) -> ResponseReturnValue:
    """Close the report with the figures and words it has now."""
    report = found(read.find(actor(), report_id))
    authorize(may.reports.approve(actor(), report.group))
    facts = _gathered(report)
    report = _to_change(report_id)
    authorize(may.reports.approve(actor(), report.group))
    do.issue(report, do.with_identity(report, facts), by=act())
    db.session.commit()
    return see_other(address_of("reports.show", report_id=report.id), said=_("Đã chốt báo cáo"))


@bp.post("/<int:report_id>/<format_name>")
def make(report_id: int, format_name: str) -> ResponseReturnValue:
    """Keep what was typed so far, make the file, keep it, and lead to it.

    Who may not write the report takes the file as it is now (GET), and nothing is kept.
    """
    report = found(read.find(actor(), report_id, to_change=True))
    authorize(may.reports.write(actor(), report.group))
    made_as = found(FORMATS.get(format_name))
    lang = language(request.form.get("lang") or request.args.get("lang") or "")
    if _is_typed(report):
        refusal = _write(report, NarrativeForm())
        if refusal is not None:
            return refusal
    was_draft = report.state == do.DRAFT
    facts, content = _rendered(report, made_as, lang)
    report = _to_change(report_id)
    if was_draft:  # if it was closed meanwhile, this is refused: it says other figures now
        do.freeze(report, facts, by=act())
    made = do.Made(format_name, lang.code, made_as.extension, content)
    stored = do.keep(report, made, _subject(report), by=act())
    db.session.commit()
    return see_other(
        address_of(
            "reports.file",
            report_id=report.id,
            format_name=format_name,
            lang=lang.code,
            file=stored.id,
        )
    )


@bp.get("/<int:report_id>/<format_name>")
def file(report_id: int, format_name: str) -> ResponseReturnValue:
    """A file that was kept, by its number; without one the report as it is now, not kept."""
    report = found(read.find(actor(), report_id))
    everyone_signed_in()
    made_as = found(FORMATS.get(format_name))
    if "file" in request.args:
        stored = found(read.file(report, request.args.get("file", 0, type=whole)))
        content, name = stored.content, stored.file_name
        if stored.format != format_name:
            abort(404)
    else:
        lang = language(request.args.get("lang", DEFAULT_LANGUAGE))
        content = _rendered(report, made_as, lang)[1]
        made = do.Made(format_name, lang.code, made_as.extension, b"")
        name = do.name_of(_subject(report), report.period, made, None)
    return send_file(
        BytesIO(content),
        mimetype=made_as.content_type,
        as_attachment=True,
        download_name=name,
        max_age=0,
    )


# ---------------------------------------------------------------- what a report is about


def _seen() -> Sequence[Group]:
    return read_groups.listing(actor())


def _writable() -> list[Group | None]:
    """What the actor may report on; None is all groups."""
    groups: list[Group | None] = [g for g in _seen() if may.reports.write(actor(), g)]
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


def _organisation() -> str:
    config: Config = current_app.extensions["tracker.config"]
    return config.organisation or ""


def _gather(group: Group | None, period: Period) -> ReportFacts:
    return read.build(
        [group] if group else _seen(),
        period,
        today=clock.today(),
        covers_all=group is None,
        organisation=_organisation(),
    )


def _outline(group: Group | None, period: Period) -> read.Outline:
    """What a page shows of it; the same as long as nothing at all changes."""
    groups, today = [group] if group else _seen(), clock.today()
    keys = tuple(one.key for one in groups)
    return kept().value(
        ("report", keys, group is None, period, today, revision(), read.last_comment()),
        lambda: read.outline(
            groups,
            period,
            today=today,
            covers_all=group is None,
            organisation=_organisation(),
        ),
    )


def _outline_of(report: Report) -> read.Outline:
    """Of an issued report that of its facts, of a draft that of the plan."""
    if report.state != do.DRAFT and report.facts:
        return read.Outline.of(ReportFacts.from_json(report.facts))
    return _outline(report.group, parse(report.period))


def _facts(report: Report) -> ReportFacts:
    """Those of an issued report never change; a draft follows the plan."""
    if report.state != do.DRAFT and report.facts:
        return ReportFacts.from_json(report.facts)
    return do.with_identity(report, _gather(report.group, parse(report.period)))


def _gathered(report: Report) -> ReportFacts:
    """The facts, read as a reader: what was typed before is kept, and others write meanwhile."""
    db.session.commit()  # lets go of the lock
    with database.reading():
        facts = _facts(report)
        db.session.commit()  # the end of reading
    return facts


def _rendered(report: Report, made_as: Format, lang: Language) -> tuple[ReportFacts, bytes]:
    """The facts and the file made of them, outside of every transaction and a few at a time."""
    db.session.commit()  # who waits for a turn holds neither a lock nor a connection
    with turns.turn():
        facts = _gathered(report)
        return facts, made_as.render(facts, lang)


def _to_change(report_id: int) -> Report:
    """The report as it is by now, in a transaction that begins as a writer."""
    database.read_only(value=False)
    return found(read.find(actor(), report_id, to_change=True))


def _subject(report: Report) -> str:
    return report.group.key if report.group else "TONG-HOP"


def _title(report: Report) -> str:
    return _("Báo cáo %(period)s", period=period_words(parse(report.period), current()))


# ---------------------------------------------------------------- pages


def _wanted_form() -> WantedForm:
    form = WantedForm(request.args)
    groups = _writable()
    form.group.choices = _group_choices(groups)
    keys = [key for key, _words in form.group.choices]
    if form.group.data not in keys:
        writes_all = ALL in keys and len(keys) > len(_seen())
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
        "outline": _outline(group, period),
        "draft": read.draft_of(group, period.word),
        "group": group,
        "sending": sending_day(period, settings.calendar()),
        "words": period_words(period, current()),
        "share": _share,
    }


def _page(report: Report, form: NarrativeForm) -> dict[str, object]:
    files, outline = read.files(report), _outline_of(report)
    asked = request.args.get("lang", "")
    return {
        "report": report,
        "form": form,
        "outline": outline,
        "share": _share,
        "facts": outline.facts,
        "files": files,
        "title": _title(report),
        "may_keep": may.reports.write(actor(), report.group),
        "may_write": report.state == do.DRAFT and may.reports.write(actor(), report.group),
        "may_issue": report.state == do.DRAFT and may.reports.approve(actor(), report.group),
        "states": STATES,
        "formats": list(FORMATS),
        "chosen_lang": asked if asked in LANGUAGES else current().code,
        "languages": LANGUAGES,
        "word": lambda kind, code: label(kind, code, current()),
        "why": lambda fact: reason(fact, current()),
    }


def _share(value: float | None) -> str:
    return share(value, current())


def _is_typed(report: Report) -> bool:
    """Whether the button was pressed on the form, by somebody who may write."""
    is_sent = any(section in request.form for section in SECTIONS)
    return is_sent and report.state == do.DRAFT and may.reports.write(actor(), report.group)


def _write(report: Report, form: NarrativeForm) -> ResponseReturnValue | None:
    """Take over what was typed; else the answer that says why not, with nothing lost."""
    if not form.validate():
        if wants_fragment():
            part = render_template("reports/_saved.html", report=report, form=form)
            return make_response(part, INVALID)
        db.session.commit()  # nothing was written: others may write while the page is made
        return make_response(render_template("reports/show.html", **_page(report, form)), INVALID)
    try:
        do.write(report, form.values(*SECTIONS), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, report, target="#report-saved")
    return None


def _page_address(number: int) -> str:
    asked = {**request.args.to_dict(), "page": str(number)}
    return f"{address_of('reports.index')}?{urlencode(asked)}"
