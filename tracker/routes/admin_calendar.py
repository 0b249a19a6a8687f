"""The working calendar: holidays and swapped Saturdays."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import policies as may
from tracker.errors import StaleError
from tracker.extensions import db
from tracker.forms.admin_settings import DayForm, YearForm
from tracker.queries import calendar as read
from tracker.services import settings as do
from tracker.web import clock, conflicts
from tracker.web.authorization import act, actor, authorize
from tracker.web.language import gettext as _
from tracker.web.language import ngettext
from tracker.web.responses import answer, found, invalid, page, see_other

bp = Blueprint("admin_calendar", __name__, url_prefix="/admin/calendar")


@bp.get("")
def index() -> ResponseReturnValue:
    """A year, month by month, and the days that differ from their weekday."""
    authorize(may.groups.administer(actor()))
    shown = _shown(YearForm(request.args).number, DayForm(formdata=None))
    return page("admin/calendar/index.html", "admin/calendar/_year.html", **shown)


@bp.post("/days")
def create() -> ResponseReturnValue:
    """Make a day a holiday or a working one; a day that is there already is changed."""
    authorize(may.groups.administer(actor()))
    form = DayForm()
    year = form.day.data.year if form.day.data else clock.today().year
    if not form.validate():
        shown = _shown(year, form)
        return invalid("admin/calendar/index.html", "admin/calendar/_year.html", **shown)
    do.put_day(**form.values("day"), by=act(), **form.row())
    db.session.commit()
    return _answer(year, _("Đã lưu ngày vào lịch"))


@bp.post("/years")
def fill() -> ResponseReturnValue:
    """Fill in Viet Nam's public holidays of a year; days already there stay as they are."""
    authorize(may.groups.administer(actor()))
    year = YearForm(request.form).number
    number = do.start_calendar(year, year, by=act())
    db.session.commit()
    return _answer(year, ngettext("Đã thêm %(num)s ngày", "Đã thêm %(num)s ngày", number))


@bp.get("/days/<int:day_id>")
def edit(day_id: int) -> ResponseReturnValue:
    """One day as a form."""
    authorize(may.groups.administer(actor()))
    row = found(read.find(day_id))
    return render_template("admin/calendar/edit.html", row=row, form=DayForm(obj=row))


@bp.post("/days/<int:day_id>")
def update(day_id: int) -> ResponseReturnValue:
    """Store what was typed; the second of two editors chooses. The day itself stays."""
    authorize(may.groups.administer(actor()))
    row = found(read.find(day_id))
    form = DayForm()
    form.day.data, form.day.validators = row.day, []
    if not form.validate():
        return render_template("admin/calendar/edit.html", row=row, form=form), 422
    try:
        do.edit_day(row, form.row(), by=act(), seen=form.version.data)
    except StaleError as error:
        return conflicts.ask(form, error, row)
    db.session.commit()
    return see_other(url_for("admin_calendar.index", year=row.day.year), said=_("Đã lưu"))


@bp.post("/days/<int:day_id>/remove")
def destroy(day_id: int) -> ResponseReturnValue:
    """Let the weekday decide again."""
    authorize(may.groups.administer(actor()))
    row = found(read.find(day_id))
    do.remove_day(row, by=act())
    db.session.commit()
    return _answer(row.day.year, _("Đã bỏ ngày khỏi lịch"))


def _shown(number: int, form: DayForm) -> dict[str, Any]:
    return {"year": read.year(number), "form": form}


def _answer(year: int, said: str) -> ResponseReturnValue:
    address = url_for("admin_calendar.index", year=year)
    shown = _shown(year, DayForm(formdata=None))
    return answer("admin/calendar/_year.html", otherwise=address, said=said, **shown)
