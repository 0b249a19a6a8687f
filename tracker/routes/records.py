"""Records of ISO Open Data for the register of a group: brought, previewed, taken."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.adapters import database
from tracker.errors import RuleViolationError
from tracker.extensions import db
from tracker.forms.records import RecordsForm
from tracker.imports import iso_open_data
from tracker.lib.iso_records import Problem, Record, Wanted
from tracker.lib.numbers import whole
from tracker.lib.paging import cut
from tracker.models import DeliverableImport, Group
from tracker.queries import groups as read_groups
from tracker.queries import records as read
from tracker.queries import stages
from tracker.queries.records import Compared, Outcome
from tracker.services import records as do
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.responses import found, page, see_other

bp = Blueprint("records", __name__)


@bp.get("/groups/<key>/deliverables/import")
def new(key: str) -> ResponseReturnValue:
    """Ask for a file."""
    group = _group(key)
    return render_template("records/new.html", group=group, form=_form())


@bp.post("/groups/<key>/deliverables/import")
def create(key: str) -> ResponseReturnValue:
    """Read the file and keep what is wanted as a draft; of the register nothing is written."""
    group = _group(key)
    form = _form()
    if not form.validate():
        return render_template("records/new.html", group=group, form=form), 422
    db.session.commit()  # nothing was written: others may write while the file is read
    chosen = _read(form, form.wanted())
    database.read_only(value=False)  # from here on it is written
    stream = found(read_groups.workstream(actor(), key, form.strand.data.slug))
    kind = next(one for one in stages.kinds() if one.id == form.kind_id.data)
    try:
        draft = do.draft(chosen, stream, kind, form.file.data.filename, by=act())
    except RuleViolationError as error:
        form.refuse("file", error.code, **error.values)
        return render_template("records/new.html", group=group, form=form), 422
    db.session.commit()
    return see_other(url_for("records.show", import_id=draft.id))


@bp.get("/deliverables/imports/<int:import_id>")
def show(import_id: int) -> ResponseReturnValue:
    """What each record would change, or what they did."""
    import_ = _import(import_id)
    return page("records/show.html", "records/_rows.html", **_shown(import_))


@bp.post("/deliverables/imports/<int:import_id>/apply")
def apply(import_id: int) -> ResponseReturnValue:
    """Take the records into the register."""
    import_ = _import(import_id)
    taken = do.apply(import_, by=act())
    db.session.commit()
    new_, changed = taken.counts[Outcome.NEW.value], taken.counts[Outcome.CHANGED.value]
    said = _("%(new)s sản phẩm mới, %(changed)s thay đổi", new=new_, changed=changed)
    return see_other(url_for("deliverables.of_group", key=import_.group.key), said=said)


@bp.post("/deliverables/imports/<int:import_id>/discard")
def discard(import_id: int) -> ResponseReturnValue:
    """Forget what was read."""
    import_ = _import(import_id)
    do.discard(import_)
    db.session.commit()
    address = url_for("deliverables.of_group", key=import_.group.key)
    return see_other(address, said=_("Đã bỏ bản xem trước"))


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.shape_plan(actor(), group))
    return group


def _import(import_id: int) -> DeliverableImport:
    import_ = found(read.find(actor(), import_id))
    authorize(may.groups.shape_plan(actor(), import_.group))
    return import_


def _form() -> RecordsForm:
    return RecordsForm().offer(stages.kinds())


def _read(form: RecordsForm, wanted: Wanted) -> list[Record | Problem]:
    """The records that are wanted, and every line that cannot be read."""
    every = iso_open_data.read(form.file.data.stream)
    return [one for one in every if isinstance(one, Problem) or wanted.has(one)]


def _shown(import_: DeliverableImport) -> dict[str, Any]:
    compared = read.preview(import_) if import_.state == "draft" else []
    chosen = request.args.get("show", "")
    rows = [one for one in compared if chosen in {"", one.outcome.value}]
    return {
        "import_": import_,
        "outcomes": list(Outcome),
        "counts": _counts(import_, compared),
        "chosen": chosen,
        "rows": cut(rows, request.args.get("page", 1, type=whole)),
        "sentence": lambda problem: current().sentence(problem["code"], **problem["values"]),
        "told": lambda problem: current().sentence(problem.code, **problem.values),
        "address": lambda number: url_for(
            "records.show",
            import_id=import_.id,
            show=chosen or None,
            page=number if number > 1 else None,
        ),
    }


def _counts(import_: DeliverableImport, compared: Sequence[Compared]) -> dict[str, int]:
    if import_.state != "draft":
        return import_.counts
    counts = {outcome.value: 0 for outcome in Outcome}
    for one in compared:
        counts[one.outcome.value] += 1
    return {**import_.counts, **counts}
