"""Directives: their list, as a page and as files; one given, its person named, recalled."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError
from tracker.exports.report import directives as files
from tracker.extensions import db
from tracker.forms.directives import DirectiveForm, DirectivesForm, PersonForm, RecallForm
from tracker.lib.numbers import whole
from tracker.lib.sheets import file_name
from tracker.models import Directive, Milestone, Strand, Task, Workstream
from tracker.queries import choices
from tracker.queries import directives as read
from tracker.queries import groups as read_groups
from tracker.queries import milestones as read_milestones
from tracker.queries import tasks as read_tasks
from tracker.services import directives as do
from tracker.services import tasks as do_tasks
from tracker.web import clock, kept_lists, task_page, turns
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.files import taken
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address, file_at, narrowed
from tracker.web.responses import (
    answer,
    found,
    instead,
    invalid,
    page,
    plan_changed,
    see_other,
    wants_fragment,
)
from tracker.web.templating import named

bp = Blueprint("directives", __name__)
FIELD_OF = {
    "directive_due_past": "due",
    "directive_to_nobody": "to",
    "outside_years": "due",
}
# What "and one more" brings along: directives come several from one paper.
KEPT = ("group", "strand", "assigning_document", "assigning_date", "assigning_item")


# ------------------------------------------------------------------ the list


@bp.get("/directives")
def index() -> ResponseReturnValue:
    """The directives in the groups one may see."""
    everyone_signed_in()
    return kept_lists.page(
        "directives/index.html",
        "directives/_filters.html",
        "directives/_register.html",
        make=_register,
        by=may.directives.give(actor()),
    )


def _register() -> dict[str, object]:
    form = DirectivesForm(request.args).offer(
        givers=read.givers(actor()),
        units=read.units(actor()),
        documents=read.documents(actor()),
        groups=[group.key for group in read_groups.listing(actor())],
    )
    filters, number = form.filters(), request.args.get("page", 1, type=whole)
    return {
        "form": form,
        "filters": filters,
        "register": read.register(actor(), filters, number, clock.today()),
        "address": address,
        "narrowed": narrowed,
        "file_at": file_at("directives.file"),
    }


@bp.get("/directives.<format_name>")
def file(format_name: str) -> ResponseReturnValue:
    """What is asked for of the list, as a file."""
    everyone_signed_in()
    kind = found(files.KINDS.get(format_name))
    filters = DirectivesForm(request.args).filters()
    lang, today = current(), clock.today()
    db.session.commit()  # who waits for a turn holds no connection
    with turns.turn():
        lines, head = read.everything(actor(), filters, today)
        content = kind.render(lines, head, lang, today)
    subject = f"{filters.group or 'ALL'}-directives"
    name = file_name(subject, today.isoformat(), None, format_name)
    return taken(content, name, kind.content_type)


# ------------------------------------------------------------------ giving one


@bp.get("/directives/new")
def new() -> ResponseReturnValue:
    """An empty form; the query says where the task goes and by which paper, where that is known."""
    authorize(may.directives.give(actor()))
    asked: dict[str, str] = {name: request.args.get(name, "") for name in KEPT}
    milestone = _milestone()
    if milestone is not None:
        asked |= {"group": milestone.group.key, "strand": milestone.workstream.strand}
    form = _form(asked["group"], asked["strand"])
    for name in KEPT:
        form[name].process_formdata([asked[name]] if asked[name] else [])
    form.milestone_id.data = milestone.id if milestone else None
    return page("directives/new.html", "directives/_new.html", **_shown(form))


@bp.post("/directives/new")
def create() -> ResponseReturnValue:
    """Give it; "and one more" comes back with an empty form for the same paper."""
    authorize(may.directives.give(actor()))
    form = _form(request.form.get("group", ""), request.form.get("strand", ""))
    if not form.validate():
        return _again(form)
    stream = found(read_groups.workstream(actor(), form.group.data, form.strand.data.slug))
    milestone = read_milestones.inside(stream, form.milestone_id.data)
    if form.milestone_id.data and milestone is None:
        form.refuse("milestone_id", "directive_milestone_elsewhere")
        return _again(form)
    try:
        task = do.give(_wanted(form, stream, milestone), given_by=actor().person_id, by=act())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return _again(form)
    db.session.commit()
    if form.more.data:
        kept: dict[str, Any] = {name: request.form.get(name) or None for name in KEPT}
        return see_other(url_for("directives.new", **kept), said=_said(form, task))
    return see_other(url_for("tasks.show", code=task.code), said=_said(form, task))


def _form(key: str, strand: str) -> DirectiveForm:
    """The form with its lists; milestones of the place that is chosen already."""
    slug = next((one.slug for one in Strand if one == strand), "")
    stream = read_groups.workstream(actor(), key, slug)
    return DirectiveForm().offer(
        addressees=read.addressees(clock.today()),
        groups=[
            (group.key, f"{group.key} – {named(group)}") for group in read_groups.listing(actor())
        ],
        units=choices.units(clock.today()),
        milestones=choices.milestones(stream) if stream else (),
    )


def _milestone() -> Milestone | None:
    code = request.args.get("milestone", "")
    return read_milestones.find(actor(), code) if code else None


def _wanted(form: DirectiveForm, stream: Workstream, milestone: Milestone | None) -> do.Wanted:
    to = form.addressee
    return do.Wanted(
        workstream=stream,
        milestone=milestone,
        owner_id=to.person_id,
        lead_unit_id=to.unit_id or form.lead_unit_id.data,
        **form.values(*form.COLUMNS),
    )


def _said(form: DirectiveForm, task: Task) -> str:
    if task.owner_id is None:
        return _(
            "Đã giao %(code)s cho %(unit)s, chưa có người nhận. Tổ trưởng, thư ký được báo để cử"
            " người.",
            code=task.code,
            unit=form.to.data,
        )
    return _("Đã giao %(code)s cho %(name)s", code=task.code, name=form.to.data)


def _shown(form: DirectiveForm) -> dict[str, Any]:
    return {"form": form, "addressees": form.addressees, "in_drawer": wants_fragment()}


def _again(form: DirectiveForm) -> ResponseReturnValue:
    return invalid("directives/new.html", "directives/_new.html", **_shown(form))


# ------------------------------------------------------------------ what becomes of one


@bp.post("/directives/<code>/person")
def person(code: str) -> ResponseReturnValue:
    """Say who of the unit does it."""
    task, directive = _both(code)
    authorize(may.directives.edit_task(actor(), task, directive))
    form = PersonForm()
    offered = dict(read.people_of(task.lead_unit_id, clock.today()))
    name = found(offered.get(form.owner_id.data))
    do_tasks.edit(task, {"owner_id": form.owner_id.data}, by=act(), seen=form.version.data)
    db.session.commit()
    return _answer(task, _("Đã giao %(code)s cho %(name)s", code=task.code, name=name))


@bp.route("/directives/<code>/recall", methods=["GET", "POST"])
def recall(code: str) -> ResponseReturnValue:
    """Take it back, with a word why."""
    task, directive = _both(code)
    authorize(may.directives.edit(actor(), directive))
    form = RecallForm()
    context: dict[str, Any] = {"task": task, "form": form, "in_drawer": wants_fragment()}
    if not form.is_submitted():
        return page("directives/recall.html", "directives/_recall.html", **context)
    if not form.validate():
        return _wrong(context)
    try:
        do.recall(directive, task, form.sentence.data, by=act())
    except RuleViolationError as error:
        form.blame(error, {}, "sentence")
        return _wrong(context)
    db.session.commit()
    return _answer(task, _("Đã thu hồi %(code)s", code=task.code))


def _wrong(context: dict[str, Any]) -> ResponseReturnValue:
    """The question again, in its own place."""
    response = invalid("directives/recall.html", "directives/_recall.html", **context)
    return instead(response, f"#task-{context['task'].code}-recall", "outerHTML")


@bp.post("/directives/<code>/give-again")
def give_again(code: str) -> ResponseReturnValue:
    """Let a recalled one stand as before."""
    task, directive = _both(code)
    authorize(may.directives.edit(actor(), directive))
    do.give_again(directive, task, by=act())
    db.session.commit()
    return _answer(task, _("Đã giao lại %(code)s", code=task.code))


def _both(code: str) -> tuple[Task, Directive]:
    task = found(read_tasks.find(actor(), code))
    return task, found(read.of_task(task))


def _answer(task: Task, said: str) -> ResponseReturnValue:
    """The facts of the task as they are now."""
    task = found(read_tasks.find(actor(), task.code))
    response = answer(
        "tasks/changed_facts.html",
        otherwise=url_for("tasks.show", code=task.code),
        said=said,
        **task_page.changed(task),
    )
    return plan_changed(response)
