"""The register of deliverables, and one of them: added, edited, brought from stage to stage."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.exports import deliverables as files
from tracker.extensions import db
from tracker.forms import deliverables as forms
from tracker.forms.deliverables import DeliverableForm, StageForm
from tracker.models import Deliverable, Group, Strand, Workstream
from tracker.queries import choices, stages
from tracker.queries import deliverables as read
from tracker.queries import groups as read_groups
from tracker.queries.deliverables import Filters
from tracker.services import deliverables as do
from tracker.services import trash
from tracker.web import clock, conflicts, kept_lists, task_page
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.files import sheet
from tracker.web.language import current, ngettext
from tracker.web.language import gettext as _
from tracker.web.responses import answer, elsewhere, found, invalid, page, wants_fragment

bp = Blueprint("deliverables", __name__)
FIELD_OF = {
    "stage_in_future": "on",
    "stage_before_last": "on",
    "outside_years": "on",
    "kind_has_stage": "kind_id",
    "kind_retired": "kind_id",
}


# ------------------------------------------------------------------ the register


@bp.get("/deliverables")
def index() -> ResponseReturnValue:
    """The deliverables of all groups one may see."""
    everyone_signed_in()
    return _register(forms.read(request.args), None)


@bp.get("/groups/<key>/deliverables")
def of_group(key: str) -> ResponseReturnValue:
    """The deliverables of one group."""
    group = _group(key)
    return _register(forms.read({**request.args, "group": group.key}), group)


@bp.get("/deliverables.<format_name>")
def file(format_name: str) -> ResponseReturnValue:
    """What is asked for of the register as a file; `?group=` for one group."""
    everyone_signed_in()
    filters, today, lang = forms.read(request.args), clock.today(), current()
    rows = partial(read.everything, actor(), filters, today)
    make = {
        "csv": lambda: files.as_csv(rows(), lang),
        "xlsx": lambda: files.as_xlsx(rows(), lang, today),
    }
    db.session.commit()  # who waits for a turn holds no connection
    return sheet(format_name, make, filters.group or "ALL", f"deliverables-{today.isoformat()}")


def _register(filters: Filters, group: Group | None) -> ResponseReturnValue:
    return kept_lists.page(
        "deliverables/index.html",
        "deliverables/_filters.html",
        "deliverables/_register.html",
        make=lambda: {
            "group": group,
            "groups": () if group else read_groups.listing(actor()),
            "filters": filters,
            "register": read.register(actor(), filters, clock.today()),
            "strands": list(Strand),
            "address": _addresses(filters, group),
        },
        group=group,
        strands=list(Strand),
        file_at=partial(_file_at, filters),
    )


def _file_at(filters: Filters, format_name: str) -> str:
    asked: dict[str, Any] = forms.written(filters)
    return url_for("deliverables.file", format_name=format_name, **asked)


def _addresses(filters: Filters, group: Group | None) -> Callable[..., str]:
    """The register with something else asked for: `address(kind="TCVN", page="")`."""
    here = (
        url_for("deliverables.of_group", key=group.key) if group else url_for("deliverables.index")
    )

    def address(number: int = 1, **changes: object) -> str:
        asked = {**changes, "page": number if number > 1 else ""}
        query = forms.query(filters, asked, without_group=group is not None)
        return f"{here}?{query}" if query else here

    return address


# ------------------------------------------------------------------ one of them


@bp.get("/deliverables/<code>")
def show(code: str) -> ResponseReturnValue:
    """The deliverable with its way through the stages, and what was said and changed."""
    deliverable = _deliverable(code)
    authorize(may.groups.see(actor(), deliverable.group))
    context = task_page.deliverable_sheet(deliverable)
    return page("deliverables/show.html", "deliverables/_drawer.html", **context)


@bp.get("/groups/<key>/<slug>/deliverables/new")
def new(key: str, slug: str) -> ResponseReturnValue:
    """An empty form."""
    stream = _stream(key, slug)
    authorize(may.groups.shape_plan(actor(), stream.group))
    form = _offered(DeliverableForm())
    own = next((kind for kind in stages.kinds() if kind.strand is stream.strand), None)
    form["kind_id"].data = own.id if own else None
    return page("deliverables/new.html", "deliverables/_new.html", **_new(stream, form))


@bp.post("/groups/<key>/<slug>/deliverables/new")
def create(key: str, slug: str) -> ResponseReturnValue:
    """Add the deliverable to the workstream."""
    stream = _stream(key, slug)
    authorize(may.groups.shape_plan(actor(), stream.group))
    form = _offered(DeliverableForm())
    if not form.validate():
        return invalid("deliverables/new.html", "deliverables/_new.html", **_new(stream, form))
    values = form.values()
    kinds = {kind.id: kind for kind in stages.kinds()}
    kind = found(kinds.get(values.pop("kind_id")))
    deliverable = do.create(stream, kind, values.pop("title"), by=act(), **values)
    db.session.commit()
    said = _("Đã thêm %(code)s", code=deliverable.code)
    return elsewhere(url_for("deliverables.show", code=deliverable.code), said=said)


@bp.get("/deliverables/<code>/edit")
def edit(code: str) -> ResponseReturnValue:
    """Everything of the deliverable that is typed, as a form."""
    deliverable = _editable(code)
    form = _offered(DeliverableForm(obj=deliverable), deliverable)
    return page("deliverables/edit.html", "deliverables/_edit.html", **_edited(deliverable, form))


@bp.post("/deliverables/<code>/edit")
def update(code: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    deliverable = _editable(code)
    form = _offered(DeliverableForm(obj=deliverable), deliverable)
    context = _edited(deliverable, form)
    if not form.validate():
        return invalid("deliverables/edit.html", "deliverables/_edit.html", **context)
    try:
        do.edit(deliverable, form.values(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, deliverable, target=f"#deliverable-{code}-edit")
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return invalid("deliverables/edit.html", "deliverables/_edit.html", **context)
    db.session.commit()
    return _answer(code, _("Đã lưu %(code)s", code=code), "deliverables/edited.html")


@bp.post("/deliverables/<code>/trash")
def destroy(code: str) -> ResponseReturnValue:
    """Put the deliverable into the trash; its milestones stay."""
    deliverable = _editable(code)
    thrown = trash.throw_away(deliverable, by=act())
    db.session.commit()
    return elsewhere(
        url_for("deliverables.of_group", key=deliverable.group.key),
        said=_("Đã xóa %(code)s", code=code),
        undo=url_for("trash.restore", trash_id=thrown.id),
        gone=url_for("deliverables.show", code=code),
    )


# ------------------------------------------------------------------ stages


@bp.route("/deliverables/<code>/stage", methods=["GET", "POST"])
def move(code: str) -> ResponseReturnValue:
    """Bring it to a stage."""
    deliverable = _editable(code)
    details = read.details(deliverable, clock.today())
    following = details.ahead[0].step.id if details.ahead else None
    form = StageForm(data={"stage_id": following, "on": clock.today()}).offer(details.offered)
    context: dict[str, Any] = {
        "deliverable": deliverable,
        "details": details,
        "form": form,
        "in_drawer": wants_fragment(),
    }
    if not form.is_submitted():
        return page("deliverables/move.html", "deliverables/_move.html", **context)
    if not form.validate():
        return invalid("deliverables/move.html", "deliverables/_move.html", **context)
    stage = next(one for one in details.offered if one.id == form.stage_id.data)
    try:
        do.enter(
            deliverable,
            stage,
            by=act(),
            seen=form.version.data,
            **form.values("on", "document_number", "note"),
        )
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "stage_id")
        return invalid("deliverables/move.html", "deliverables/_move.html", **context)
    db.session.commit()
    return _answer(code, _("%(code)s: giai đoạn %(stage)s", code=code, stage=stage.code))


@bp.post("/deliverables/<code>/stage/take-back")
def take_back(code: str) -> ResponseReturnValue:
    """Take the last move back; that there was one stays in the history."""
    deliverable = _editable(code)
    do.take_back(deliverable, by=act(), seen=request.form.get("version", type=int))
    db.session.commit()
    return _answer(code, _("Đã hoàn tác lần chuyển giai đoạn"))


@bp.route("/deliverables/<code>/milestones", methods=["GET", "POST"])
def plan(code: str) -> ResponseReturnValue:
    """Make milestones from the stages that follow, in one go."""
    deliverable = _editable(code)
    details = read.details(deliverable, clock.today())
    form = forms.stage_milestones(details.without_milestone)
    context: dict[str, Any] = {
        "deliverable": deliverable,
        "form": form,
        "in_drawer": wants_fragment(),
    }
    if not form.is_submitted():
        return page("deliverables/plan.html", "deliverables/_plan.html", **context)
    if not form.validate():
        return invalid("deliverables/plan.html", "deliverables/_plan.html", **context)
    planned = [
        do.Planned(stage, day, f"{stage.name}: {deliverable.reference or deliverable.title}")
        for stage, day in form.chosen()
    ]
    try:
        made = do.plan(deliverable, planned, by=act())
    except RuleViolationError as error:
        form.form_errors.append(current().sentence(error.code, **error.values))
        return invalid("deliverables/plan.html", "deliverables/_plan.html", **context)
    db.session.commit()
    said = ngettext("Đã tạo %(num)s mốc", "Đã tạo %(num)s mốc", len(made))
    return _answer(code, said)


# ------------------------------------------------------------------ what they share


def _deliverable(code: str) -> Deliverable:
    return found(read.find(actor(), code))


def _editable(code: str) -> Deliverable:
    deliverable = _deliverable(code)
    authorize(may.deliverables.edit(actor(), deliverable))
    return deliverable


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _stream(key: str, slug: str) -> Workstream:
    return found(read_groups.workstream(actor(), key, slug))


def _offered(form: DeliverableForm, thing: Deliverable | None = None) -> DeliverableForm:
    today = clock.today()
    return form.offer(
        stages.kinds(also=thing.kind_id if thing else None),
        choices.persons(today, also=thing.owner_id if thing else None),
        choices.units(today, also=thing.lead_unit_id if thing else None),
    )


def _new(stream: Workstream, form: DeliverableForm) -> dict[str, Any]:
    return {"stream": stream, "form": form, "in_drawer": wants_fragment()}


def _edited(deliverable: Deliverable, form: DeliverableForm) -> dict[str, Any]:
    return {"deliverable": deliverable, "form": form, "in_drawer": wants_fragment()}


def _answer(
    code: str, said: str, fragment: str = "deliverables/changed.html"
) -> ResponseReturnValue:
    """The deliverable as it is stored now."""
    return answer(
        fragment,
        otherwise=url_for("deliverables.show", code=code),
        said=said,
        **task_page.deliverable_sheet(_deliverable(code)),
    )
