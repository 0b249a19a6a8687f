"""Templates of reports as the administrator keeps them: brought, looked at, used, retired."""

from flask import (
    Blueprint,
    make_response,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.adapters import database
from tracker.errors import RuleViolationError, StaleError
from tracker.exports.report.formats import FORMATS
from tracker.exports.report.template import checking, limits, reading, rendering, shipped
from tracker.exports.report.template.placeholders import ALL
from tracker.extensions import db
from tracker.forms.admin_report_templates import NameForm, UploadForm
from tracker.lib.numbers import whole
from tracker.models import ReportTemplate
from tracker.queries import report_templates as read
from tracker.queries.report_facts import ReportFacts
from tracker.queries.reports import heads
from tracker.services import report_templates as do
from tracker.web import conflicts, report_look
from tracker.web.authorization import act, actor, authorize
from tracker.web.files import taken
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, see_other
from tracker.words import language

bp = Blueprint("admin_report_templates", __name__, url_prefix="/admin/report-templates")
UNPROCESSABLE = 422
PLACES = {"template_known": "file"}


@bp.get("")
def index() -> ResponseReturnValue:
    """All templates, the shipped layout first, and the way to bring one."""
    authorize(may.groups.administer(actor()))
    return _index(UploadForm(formdata=None))


@bp.post("")
def create() -> ResponseReturnValue:
    """Look into the file; keep it if nothing is wrong with it."""
    authorize(may.groups.administer(actor()))
    form = UploadForm()
    if not form.validate():
        return make_response(_index(form), UNPROCESSABLE)
    name, content = form.file.data.filename, form.file.data.read(limits.FILE_BYTES + 1)
    db.session.commit()  # nothing was written: others may write while the file is looked into
    checked = checking.check(content)
    if not checked.is_fine:
        for problem in checked.problems:
            form.refuse("file", problem.code, **problem.texts)
        return make_response(_index(form, refused=name), UNPROCESSABLE)
    database.read_only(value=False)  # from here on it is written
    try:
        template = do.upload(form.name.data, name, content, by=act())
    except RuleViolationError as error:
        form.blame(error, PLACES, "name")
        return make_response(_index(form, refused=name), UNPROCESSABLE)
    db.session.commit()
    return see_other(_address(template), said=_("Đã kiểm tra và lưu mẫu; hãy xem trước rồi dùng"))


@bp.get("/start.docx")
def start() -> ResponseReturnValue:
    """The shipped layout with its placeholders, to begin one's own from."""
    authorize(may.groups.administer(actor()))
    return _word(shipped.starting_point(), "mau-bao-cao.docx")


@bp.get("/<int:template_id>")
def show(template_id: int) -> ResponseReturnValue:
    """What was found in it, and how a report looks in it."""
    authorize(may.groups.administer(actor()))
    return _show(found(read.find(template_id)))


@bp.post("/<int:template_id>")
def update(template_id: int) -> ResponseReturnValue:
    """Call it something else."""
    authorize(may.groups.administer(actor()))
    template = found(read.find(template_id))
    form = NameForm()
    if not form.validate():
        return make_response(_show(template, form), UNPROCESSABLE)
    try:
        do.rename(template, form.name.data, by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, template)
    except RuleViolationError as error:
        form.blame(error, {}, "name")
        return make_response(_show(template, form), UNPROCESSABLE)
    db.session.commit()
    return see_other(_address(template), said=_("Đã lưu"))


@bp.post("/<int:template_id>/use")
def use(template_id: int) -> ResponseReturnValue:
    """Let people choose it."""
    authorize(may.groups.administer(actor()))
    template = found(read.find(template_id))
    do.use(template, by=act())
    db.session.commit()
    return see_other(_address(template), said=_("Từ nay chọn được mẫu này"))


@bp.post("/<int:template_id>/retire")
def retire(template_id: int) -> ResponseReturnValue:
    """Offer it no longer."""
    authorize(may.groups.administer(actor()))
    template = found(read.find(template_id))
    do.retire(template, by=act())
    db.session.commit()
    return see_other(url_for("admin_report_templates.index"), said=_("Đã ngừng dùng mẫu"))


@bp.post("/default")
def default() -> ResponseReturnValue:
    """Lay reports out by it unless their regime names another; no id is the shipped layout."""
    authorize(may.groups.administer(actor()))
    template_id = request.form.get("template_id", 0, type=whole)
    is_ours = not request.form.get("template_id")
    do.make_default(None if is_ours else found(read.find(template_id)), by=act())
    db.session.commit()
    return see_other(url_for("admin_report_templates.index"), said=_("Đã đổi mẫu mặc định"))


@bp.get("/<int:template_id>/file.docx")
def file(template_id: int) -> ResponseReturnValue:
    """The file as it was brought."""
    authorize(may.groups.administer(actor()))
    template = found(read.find(template_id))
    return _word(template.content, template.file_name)


@bp.get("/<int:template_id>/preview.docx")
def preview(template_id: int) -> ResponseReturnValue:
    """A made-up report in it."""
    authorize(may.groups.administer(actor()))
    template = found(read.find(template_id))
    lang = language(request.args.get("lang", current().code))
    content = rendering.render(template.content, _sample(), lang)
    return _word(content, f"xem-truoc-{template.id}.docx")


def _address(template: ReportTemplate) -> str:
    return url_for("admin_report_templates.show", template_id=template.id)


def _index(form: UploadForm, refused: str = "") -> str:
    return render_template(
        "admin/report_templates/index.html",
        lines=read.listing(),
        default_id=read.default_id(),
        form=form,
        refused=refused,
        placeholders=ALL,
    )


def _show(template: ReportTemplate, form: NameForm | None = None) -> str:
    facts = _sample()
    return render_template(
        "admin/report_templates/show.html",
        template=template,
        checked=checking.check(template.content),
        look=reading.look(rendering.render(template.content, facts, current())),
        form=form or NameForm(formdata=None, obj=template),
        is_default=read.default_id() == template.id,
    )


def _sample() -> ReportFacts:
    """With the head that reports of this installation have."""
    return report_look.sample_under(heads.header(report_look.organisation()))


def _word(content: bytes, name: str) -> ResponseReturnValue:
    return taken(content, name, FORMATS["docx"].content_type)
