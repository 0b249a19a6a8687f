"""Directives: the list of them, and one given, changed, recalled."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from tracker.web.authorization import everyone_signed_in
from tracker.web.responses import page

bp = Blueprint("directives", __name__)


@bp.get("/directives")
def index() -> ResponseReturnValue:
    """The directives in the groups one may see."""
    everyone_signed_in()
    return page("directives/index.html", "directives/_register.html")
