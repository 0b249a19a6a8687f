"""The slip ledger of all groups and of one: shown, and taken away as a file."""

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.exports import slips as files
from tracker.extensions import db
from tracker.forms.slips import SlipsForm
from tracker.lib.numbers import whole
from tracker.models import Group
from tracker.queries import groups as read_groups
from tracker.queries import slips as read
from tracker.web import clock, kept_lists
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.files import sheet
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address, file_at, narrowed
from tracker.web.responses import found

bp = Blueprint("slips", __name__)


@bp.get("/slips")
def index() -> ResponseReturnValue:
    """Every move of a date in the groups one may see."""
    everyone_signed_in()
    return _shown(None)


@bp.get("/groups/<key>/slips")
def of_group(key: str) -> ResponseReturnValue:
    """The same of one group."""
    return _shown(_group(key))


@bp.get("/slips.<format_name>")
def file(format_name: str) -> ResponseReturnValue:
    """What is asked for, as a file."""
    everyone_signed_in()
    return _file(None, format_name)


@bp.get("/groups/<key>/slips.<format_name>")
def file_of_group(key: str, format_name: str) -> ResponseReturnValue:
    """The same of one group."""
    return _file(_group(key), format_name)


def _group(key: str) -> Group:
    group = found(read_groups.find(actor(), key))
    authorize(may.groups.see(actor(), group))
    return group


def _shown(group: Group | None) -> ResponseReturnValue:
    return kept_lists.page(
        "slips/index.html",
        "slips/_filters.html",
        "slips/_ledger.html",
        make=lambda: _ledger(group),
        by=may.groups.import_somewhere(actor()),
        group=group,
    )


def _ledger(group: Group | None) -> dict[str, object]:
    form = _form(group)
    filters = form.filters(group.key if group else "")
    number = request.args.get("page", 1, type=whole)
    return {
        "group": group,
        "form": form,
        "filters": filters,
        "ledger": read.ledger(actor(), filters, number),
        "address": address,
        "narrowed": narrowed,
        "file_at": _file_at(group),
        "cause_of": lambda line: files.cause(line, current()),
        "fields": files.FIELDS,
    }


def _form(group: Group | None) -> SlipsForm:
    form = SlipsForm(request.args)
    if group is None:
        groups = [(one.key, one.key) for one in read_groups.listing(actor())]
        form.group.choices = [("", _("Mọi tổ")), *groups]
    form.unit.choices = [("", _("Mọi đơn vị")), *read.units(actor())]
    return form


def _file_at(group: Group | None) -> Callable[[str], str]:
    if group is not None:
        return file_at("slips.file_of_group", key=group.key)
    return file_at("slips.file")


def _file(group: Group | None, format_name: str) -> ResponseReturnValue:
    filters = SlipsForm(request.args).filters(group.key if group else "")
    lang, today, who = current(), clock.today(), actor()

    def as_xlsx() -> bytes:
        totals = read.ledger(who, filters, 1).totals
        return files.as_xlsx(read.rows(who, filters), totals, lang, today)

    make = {"csv": lambda: files.as_csv(read.rows(who, filters), lang), "xlsx": as_xlsx}
    db.session.commit()  # who waits for a turn holds no connection
    word = filters.period.word if filters.period else today.isoformat()
    return sheet(format_name, make, f"{filters.group or 'ALL'}-slips", word)
