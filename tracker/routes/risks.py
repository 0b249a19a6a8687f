"""Difficulties and risks: the register of all groups, of one, of a strand, and one of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import RuleViolationError, StaleError
from tracker.exports import risks as files
from tracker.extensions import db
from tracker.forms import risks as forms
from tracker.forms.risks import FIELD_OF, CloseForm, RiskForm
from tracker.models import Group, Risk, RiskKind, Strand, Task, Workstream
from tracker.queries import choices
from tracker.queries import groups as read_groups
from tracker.queries import risks as read
from tracker.queries.choices import Choice
from tracker.queries.risks import Filters
from tracker.services import risks as do
from tracker.web import clock, conflicts, kept_lists, task_page, templating
from tracker.web.authorization import act, actor, authorize, everyone_signed_in
from tracker.web.files import sheet
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import answer, elsewhere, found, invalid, page, wants_fragment

bp = Blueprint("risks", __name__)


# ------------------------------------------------------------------ the register


@bp.get("/risks")
def index() -> ResponseReturnValue:
    """The difficulties and risks of all groups one may see."""
    everyone_signed_in()
    return _register(_asked(request.args))


@bp.get("/groups/<key>/risks")
def of_group(key: str) -> ResponseReturnValue:
    """Those of one group."""
    group = _group(key)
    return _register(_asked({**request.args, "group": group.key}), group)


@bp.get("/groups/<key>/<slug>/risks")
def of_strand(key: str, slug: str) -> ResponseReturnValue:
    """Those of one workstream."""
    stream = found(read_groups.workstream(actor(), key, slug))
    authorize(may.groups.see(actor(), stream.group))
    asked = {**request.args, "group": stream.group.key, "strand": stream.strand.slug}
    return _register(_asked(asked), stream.group)


@bp.get("/risks.<format_name>")
def file(format_name: str) -> ResponseReturnValue:
    """What is asked for of the register as a file; `?group=` for one group."""
    everyone_signed_in()
    filters, today, lang = _asked(request.args), clock.today(), current()
    rows = partial(read.everything, actor(), filters, today)
    make = {
        "csv": lambda: files.as_csv(rows(), lang),
        "xlsx": lambda: files.as_xlsx(rows(), lang, today),
    }
    db.session.commit()  # who waits for a turn holds no connection
    return sheet(format_name, make, filters.group or "ALL", f"risks-{today.isoformat()}")


def _asked(args: Mapping[str, str]) -> Filters:
    return forms.read(args, actor().person_id)


def _register(filters: Filters, group: Group | None = None) -> ResponseReturnValue:
    me = actor().person_id
    asked: dict[str, Any] = forms.written(filters, me)
    groups = [group] if group else read_groups.listing(actor())
    return kept_lists.page(
        "risks/index.html",
        "risks/_filters.html",
        "risks/_register.html",
        make=lambda: {
            "group": group,
            "filters": filters,
            "asked": asked,
            "offers": forms.offers(
                [(one.key, templating.named(one)) for one in groups if not group],
                read.owners(actor()),
                me,
            ),
            "register": read.register(actor(), filters, clock.today()),
            "address": _addresses(filters, group),
        },
        by=me,
        group=group,
        filters=filters,
        recording=[one for one in groups if may.risks.record_in(actor(), one)],
        file_at=lambda name: url_for("risks.file", format_name=name, **asked),
    )


def _addresses(filters: Filters, group: Group | None) -> Callable[..., str]:
    """The register with something else asked for: `address(kind="risk", page="")`."""
    here = url_for("risks.of_group", key=group.key) if group else url_for("risks.index")
    asked = forms.written(filters, actor().person_id, within=group is not None)

    def address(number: int = 1, **changes: object) -> str:
        query = forms.query(asked, {**changes, "page": number if number > 1 else ""})
        return f"{here}?{query}" if query else here

    return address


# ------------------------------------------------------------------ one of them


@bp.get("/risks/<code>")
def show(code: str) -> ResponseReturnValue:
    """The entry with what it blocks, and what was said and changed."""
    risk = _risk(code)
    authorize(may.groups.see(actor(), risk.group))
    return page("risks/show.html", "risks/_drawer.html", **task_page.risk_sheet(risk))


@bp.get("/groups/<key>/risks/new")
def new(key: str) -> ResponseReturnValue:
    """An empty form; the address may say the kind, the strand and what is blocked."""
    group = _recorded_in(key)
    form = _offered(RiskForm(formdata=None), group, _open_to(group))
    _prefill(form, group)
    return page("risks/new.html", "risks/_new.html", **_new(group, form))


@bp.post("/groups/<key>/risks/new")
def create(key: str) -> ResponseReturnValue:
    """Add it to the register."""
    group = _recorded_in(key)
    streams = _open_to(group)
    form = _offered(RiskForm(), group, streams)
    if not form.validate():
        return invalid("risks/new.html", "risks/_new.html", **_new(group, form))
    values = form.columns_typed()
    place = values.pop("workstream_id")
    stream = next(one for one in streams if one.id == place)
    kind, title = RiskKind(form.kind.data), values.pop("title")
    try:
        risk = do.create(stream, kind, title, blocks=form.codes, by=act(), **values)
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "title")
        return invalid("risks/new.html", "risks/_new.html", **_new(group, form))
    db.session.commit()
    said = _("Đã ghi %(code)s", code=risk.code)
    return elsewhere(url_for("risks.show", code=risk.code), said=said)


@bp.get("/risks/<code>/edit")
def edit(code: str) -> ResponseReturnValue:
    """All of it as a form."""
    risk = _editable(code)
    form = _filled(risk, RiskForm(formdata=None, obj=risk))
    form.blocks.data = ", ".join(one.code for one in read.blocked(risk))
    return page("risks/edit.html", "risks/_edit.html", **_edited(risk, form))


@bp.post("/risks/<code>/edit")
def update(code: str) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses."""
    risk = _editable(code)
    form = _filled(risk, RiskForm(obj=risk))
    if not form.validate():
        return invalid("risks/edit.html", "risks/_edit.html", **_edited(risk, form))
    try:
        do.edit(risk, form.columns_typed(), blocks=form.codes, by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, risk, target=f"#risk-{risk.code}-edit")
    except RuleViolationError as error:
        db.session.rollback()
        form.blame(error, FIELD_OF, "title")
        return invalid("risks/edit.html", "risks/_edit.html", **_edited(_risk(code), form))
    db.session.commit()
    return _answer(code, _("Đã lưu %(code)s", code=risk.code), "risks/edited.html")


@bp.post("/risks/<code>/happened")
def happened(code: str) -> ResponseReturnValue:
    """The risk came true and is a difficulty from now on."""
    risk = _editable(code)
    do.happen(risk, by=act())
    db.session.commit()
    return _answer(code, _("%(code)s đã thành khó khăn, vướng mắc", code=risk.code))


@bp.route("/risks/<code>/close", methods=["GET", "POST"])
def close(code: str) -> ResponseReturnValue:
    """It is over, and how it ended."""
    risk = _editable(code)
    form = CloseForm()
    context = {"risk": risk, "form": form, "in_drawer": wants_fragment()}
    if not form.is_submitted():
        return page("risks/close.html", "risks/_close.html", **context)
    if not form.validate():
        return invalid("risks/close.html", "risks/_close.html", **context)
    try:
        do.close(risk, form.outcome.data, by=act())
    except RuleViolationError as error:
        form.blame(error, FIELD_OF, "outcome")
        return invalid("risks/close.html", "risks/_close.html", **context)
    db.session.commit()
    return _answer(code, _("%(code)s đã kết thúc", code=risk.code))


@bp.post("/risks/<code>/reopen")
def reopen(code: str) -> ResponseReturnValue:
    """It is not over after all."""
    risk = _editable(code)
    do.reopen(risk, by=act())
    db.session.commit()
    return _answer(code, _("Đã mở lại %(code)s", code=risk.code))


# ------------------------------------------------------------------ what they share


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _recorded_in(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.risks.record_in(actor(), group))
    return group


def _risk(code: str) -> Risk:
    return found(read.find(actor(), code))


def _editable(code: str) -> Risk:
    risk = _risk(code)
    authorize(may.risks.edit(actor(), risk))
    return risk


def _open_to(group: Group) -> list[Workstream]:
    """The workstreams whose register the actor may add to."""
    streams = read_groups.workstreams(group)
    return [stream for stream in streams if may.risks.record(actor(), stream)]


def _offered(form: RiskForm, group: Group, streams: Sequence[Workstream]) -> RiskForm:
    today, label = clock.today(), current().label
    return form.offer(
        workstreams=[Choice(stream.id, label(stream.strand)) for stream in streams],
        members=choices.members(group, today),
        persons=choices.persons(today, also=form.owner_id.data),
    )


def _filled(risk: Risk, form: RiskForm) -> RiskForm:
    streams = read_groups.workstreams(risk.group)
    own = [s for s in streams if s.id == risk.workstream_id or may.risks.record(actor(), s)]
    return _offered(form, risk.group, own).of(risk.kind)


def _prefill(form: RiskForm, group: Group) -> None:
    """By the address: the kind, the strand and, one tap from an item, what is blocked."""
    kinds = {kind.value for kind in RiskKind}
    asked = request.args.get("kind", "")
    form.kind.data = asked if asked in kinds else RiskKind.DIFFICULTY.value
    form.blocks.data = request.args.get("blocks", "")
    items = read.items(group.id, form.codes)
    strand = next((s for s in Strand if s.slug == request.args.get("strand")), None)
    streams = read_groups.workstreams(group)
    wanted = {item.workstream_id for item in items} or {s.id for s in streams if s.strand is strand}
    form.workstream_id.data = next(iter(wanted), None)
    form.owner_id.data = next((item.owner_id for item in items if isinstance(item, Task)), None)


def _new(group: Group, form: RiskForm) -> dict[str, Any]:
    return {"group": group, "form": form, "in_drawer": wants_fragment()}


def _edited(risk: Risk, form: RiskForm) -> dict[str, Any]:
    return {"risk": risk, "form": form, "in_drawer": wants_fragment()}


def _answer(code: str, said: str, fragment: str = "risks/changed.html") -> ResponseReturnValue:
    """The entry as it is stored now."""
    return answer(
        fragment,
        otherwise=url_for("risks.show", code=code),
        said=said,
        **task_page.risk_sheet(_risk(code)),
    )
