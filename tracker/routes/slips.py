"""The slip ledger of all groups and of one: shown, and taken away as a file."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.exports import slips as files
from tracker.exports.sheets import csv, xlsx
from tracker.extensions import db
from tracker.forms.slips import SlipsForm
from tracker.lib.numbers import whole
from tracker.lib.sheets import file_name
from tracker.models import Group
from tracker.queries import groups as read_groups
from tracker.queries import slips as read
from tracker.web import clock, turns
from tracker.web.authorization import actor, authorize, everyone_signed_in
from tracker.web.language import current
from tracker.web.language import gettext as _
from tracker.web.listing import address, narrowed
from tracker.web.responses import found, page

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
    form = _form(group)
    filters = form.filters(group.key if group else "")
    number = request.args.get("page", 1, type=whole)
    return page(
        "slips/index.html",
        "slips/_ledger.html",
        group=group,
        form=form,
        filters=filters,
        ledger=read.ledger(actor(), filters, number),
        address=address,
        narrowed=narrowed,
        file_at=_file_address(group),
        cause_of=lambda line: files.cause(line, current()),
        fields=files.FIELDS,
    )


def _form(group: Group | None) -> SlipsForm:
    form = SlipsForm(request.args)
    if group is None:
        groups = [(one.key, one.key) for one in read_groups.listing(actor())]
        form.group.choices = [("", _("Mọi tổ")), *groups]
    form.unit.choices = [("", _("Mọi đơn vị")), *read.units(actor())]
    return form


def _file_address(group: Group | None) -> Callable[[str], str]:
    asked: dict[str, Any] = {
        name: value for name, value in request.args.items() if name != "page" and value
    }
    place = {"key": group.key} if group else {}
    endpoint = "slips.file_of_group" if group else "slips.file"

    def at(format_name: str) -> str:
        return url_for(endpoint, **(asked | place), format_name=format_name)

    return at


def _file(group: Group | None, format_name: str) -> ResponseReturnValue:
    kinds = {"csv": csv.CONTENT_TYPE, "xlsx": xlsx.CONTENT_TYPE}
    content_type = found(kinds.get(format_name))
    filters = SlipsForm(request.args).filters(group.key if group else "")
    lang, today = current(), clock.today()
    db.session.commit()  # who waits for a turn holds no connection
    with turns.turn():
        lines = read.rows(actor(), filters)
        if format_name == "csv":
            content = files.as_csv(lines, lang)
        else:
            totals = read.ledger(actor(), filters, 1).totals
            content = files.as_xlsx(lines, totals, lang, today)
    word = filters.period.word if filters.period else today.isoformat()
    return send_file(
        BytesIO(content),
        mimetype=content_type,
        as_attachment=True,
        download_name=file_name(f"{filters.group or 'ALL'}-slips", word, None, format_name),
        max_age=0,
    )
