"""Plans from Excel: a file is brought, previewed, confirmed, and perhaps taken back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.adapters import database
from tracker.errors import ImportRefusedError
from tracker.exports import plan_workbook
from tracker.extensions import db
from tracker.forms.importing import PreviewForm, UploadForm, answers_in
from tracker.imports import plan
from tracker.lib.numbers import whole
from tracker.lib.paging import cut
from tracker.models import Group, Import
from tracker.queries import groups as read_groups
from tracker.queries import importing as read
from tracker.queries.importing import Answers, Preview, wording
from tracker.services import importing as do
from tracker.web import clock
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.language import current, ngettext
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, see_other

bp = Blueprint("importing", __name__)
CONFLICT, UNPROCESSABLE = 409, 422


@bp.get("/imports")
def index() -> ResponseReturnValue:
    """All imports one may open, and the way to a new one."""
    everyone_signed_in()
    return render_template(
        "importing/index.html",
        imports=read.listing(actor(), request.args.get("page", 1, type=whole)),
        groups=read.shapeable(actor()),
    )


@bp.get("/imports/example.xlsx")
def example() -> ResponseReturnValue:
    """A filled plan to try it with."""
    everyone_signed_in()
    return _workbook(plan_workbook.example(), "ke-hoach-vi-du.xlsx")


@bp.get("/imports/template.xlsx")
def template() -> ResponseReturnValue:
    """An empty plan to fill in."""
    everyone_signed_in()
    return _workbook(plan_workbook.template(), "mau-ke-hoach.xlsx")


@bp.get("/groups/<key>/import")
def new(key: str) -> ResponseReturnValue:
    """Ask for a file."""
    return render_template("importing/new.html", group=_group(key), form=UploadForm(), refused="")


@bp.post("/groups/<key>/import")
def create(key: str) -> ResponseReturnValue:
    """Read the file and keep it as a draft; of the plan nothing is written."""
    group = _group(key)
    form = UploadForm()
    if not form.validate():
        return _refused(group, form)
    name, data = form.file.data.filename, form.file.data.read()
    db.session.commit()  # nothing was written: others may write while the file is read
    try:
        parsed = plan.parse(data, name, today=clock.today())
    except ImportRefusedError as error:
        form.refuse("file", error.code, **error.values)
        return _refused(group, form, name)
    database.read_only(value=False)  # from here on it is written
    draft = do.draft(parsed, data, name, group=group, by=act())
    db.session.commit()
    return see_other(url_for("importing.show", import_id=draft.id))


@bp.get("/imports/<int:import_id>")
def show(import_id: int) -> ResponseReturnValue:
    """What the import would do, or what it did."""
    import_ = _import(import_id)
    if import_.state != "draft":
        return render_template("importing/outcome.html", **_outcome(import_))
    return page("importing/show.html", "importing/_rows.html", **_shown(import_))


@bp.post("/imports/<int:import_id>/answers")
def answer(import_id: int) -> ResponseReturnValue:
    """Keep what was chosen and show what follows from it."""
    import_ = _import(import_id)
    _keep(import_, _read_ahead(import_)[1])
    db.session.commit()
    return see_other(url_for("importing.show", import_id=import_.id))


@bp.post("/imports/<int:import_id>/apply")
def apply(import_id: int) -> ResponseReturnValue:
    """Write it, if the plan is still the one that was shown."""
    import_ = _import(import_id)
    form = PreviewForm()
    shown, wanted = _read_ahead(import_)
    if form.seen.data != shown.fingerprint:
        _keep(import_, wanted)
        db.session.commit()
        context = _shown(import_, form=form, preview=wanted, has_changed=True)
        return make_response(render_template("importing/show.html", **context), CONFLICT)
    if [sheet.group for sheet in wanted.sheets] != [sheet.group for sheet in shown.sheets]:
        _keep(import_, wanted)
        db.session.commit()
        return see_other(
            url_for("importing.show", import_id=import_.id),
            said=_("Đã đổi tổ của trang. Hãy xem lại trước khi nhập."),
        )
    if not form.fits(wanted):
        context = _shown(import_, form=form, preview=wanted)
        return make_response(render_template("importing/show.html", **context), UNPROCESSABLE)
    _keep(import_, wanted)
    do.apply(import_, wanted, why=form.why(), by=act())
    db.session.commit()
    return see_other(
        url_for("importing.show", import_id=import_.id),
        said=_said(import_),
        undo=url_for("importing.undo", import_id=import_.id),
    )


@bp.get("/imports/<int:import_id>/undo")
def undoing(import_id: int) -> ResponseReturnValue:
    """Ask before it is taken back, and say what of it would stay."""
    import_ = _import(import_id)
    if import_.state != "applied":
        return see_other(url_for("importing.show", import_id=import_.id))
    return render_template("importing/undo.html", import_=import_, would=do.foreseen(import_))


@bp.post("/imports/<int:import_id>/undo")
def undo(import_id: int) -> ResponseReturnValue:
    """Take a confirmed import back."""
    import_ = _import(import_id)
    sentence = _("Hoàn tác lần nhập «%(file)s»", file=import_.file_name)
    do.undo(import_, sentence=sentence, by=act())
    db.session.commit()
    return see_other(
        url_for("importing.show", import_id=import_.id), said=_("Đã hoàn tác lần nhập")
    )


@bp.post("/imports/<int:import_id>/discard")
def discard(import_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    import_ = _import(import_id)
    do.discard(import_)
    db.session.commit()
    return see_other(url_for("importing.index"), said=_("Đã bỏ bản xem trước"))


# ------------------------------------------------------------------ what a page needs


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.shape_plan(actor(), group))
    return group


def _import(import_id: int) -> Import:
    """The import; for those who may not open it there is none."""
    import_ = found(read.find(import_id))
    groups = [group.id for group in read.groups_of(import_)]
    may_read = may.imports.read(actor(), import_, groups)
    found(may_read or None)
    authorize(may_read)
    return import_


def _preview(import_: Import, answers: Answers | None = None) -> Preview:
    return read.of(import_, actor=actor(), today=clock.today(), answers=answers)


def _read_ahead(import_: Import) -> tuple[Preview, Preview]:
    """The preview as it was shown and as the form answers it.

    Thousands of rows take seconds: they are gone through as a reader, so that others may write,
    and once more as the writer only if somebody did.
    """
    db.session.commit()  # nothing was written: lets go of the lock
    with database.reading():
        before = read.revision()
        both = _as_answered(import_)
        db.session.commit()  # the end of reading
    database.read_only(value=False)  # what follows is written
    if read.revision() != before:
        both = _as_answered(import_)
    db.session.refresh(import_, ["state", "version"])
    return both


def _as_answered(import_: Import) -> tuple[Preview, Preview]:
    shown = _preview(import_)
    sent = answers_in(request.form, shown)
    stored = Answers.of(import_.answers)
    answers = stored.with_(groups=sent.groups, same=sent.same, names=sent.names)
    return shown, _preview(import_, answers)


def _keep(import_: Import, preview: Preview) -> None:
    do.answer(import_, preview.answers, preview.groups)


def _shown(
    import_: Import,
    *,
    form: PreviewForm | None = None,
    preview: Preview | None = None,
    has_changed: bool = False,
) -> dict[str, Any]:
    """All that the preview page shows."""
    preview = preview or _preview(import_)
    chosen = request.args.get("show", "all")
    number = request.args.get("page", 1, type=whole)
    return {
        "import_": import_,
        "preview": preview,
        "form": form or PreviewForm(formdata=None),
        "groups": read.shapeable(actor()),
        "rows": cut(preview.shown(chosen), number),
        "chosen": chosen,
        "has_changed": has_changed,
        "twin": read.twin(import_),
        "wording": wording,
        "lang": current(),
    }


def _outcome(import_: Import) -> Mapping[str, Any]:
    return {
        "import_": import_,
        "groups": read.groups_of(import_),
        "left_out": read.left_out_of(import_),
        "rows": cut(read.became(import_), request.args.get("page", 1, type=whole)),
        "lang": current(),
    }


def _said(import_: Import) -> str:
    new, changed = (import_.counts.get(name, 0) for name in ("new", "changed"))
    return " · ".join(
        said
        for said in (
            ngettext("%(num)s dòng mới", "%(num)s dòng mới", new) if new else "",
            ngettext("%(num)s dòng thay đổi", "%(num)s dòng thay đổi", changed) if changed else "",
        )
        if said
    )


def _refused(group: Group, form: UploadForm, name: str = "") -> ResponseReturnValue:
    """The form again; a browser forgets the file, so its name is said."""
    shown = render_template("importing/new.html", group=group, form=form, refused=name)
    return make_response(shown, UNPROCESSABLE)


def _workbook(data: bytes, name: str) -> Response:
    response = Response(data, content_type=plan_workbook.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
