"""What people set for themselves: language, theme, password."""

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from tracker.errors import TrackerError
from tracker.extensions import db
from tracker.forms.auth import ChangePasswordForm, PreferencesForm
from tracker.services import accounts as do
from tracker.web.authorization import act, everyone_signed_in
from tracker.web.language import choose
from tracker.web.language import gettext as _
from tracker.web.responses import local, see_other
from tracker.web.session import SignedIn, account, actor_or_none, public

bp = Blueprint("account", __name__, url_prefix="/account")
YEAR = 365 * 24 * 3600


@bp.post("/preferences")
@public
def preferences() -> ResponseReturnValue:
    """Choose language, theme or single keys; visitors keep theirs in a cookie."""
    form = PreferencesForm()
    values = {
        name: form[name].data
        for name in ("language", "theme", "single_keys")
        if name in request.form and form[name].validate(form)
    }
    if actor_or_none() is not None:
        do.edit(account(), values, by=act())
        db.session.commit()
    choose(values.get("language"))
    response = make_response(see_other(local(form.back.data) or url_for("board.show")))
    for name in ("language", "theme"):
        if name in values:
            response.set_cookie(name, values[name], max_age=YEAR, samesite="Lax", httponly=True)
    return response


@bp.get("")
def show() -> ResponseReturnValue:
    """My account."""
    everyone_signed_in()
    return render_template("account/show.html", form=ChangePasswordForm(), account=account())


@bp.post("/password")
def password() -> ResponseReturnValue:
    """Set a new password; every other session of the account ends."""
    everyone_signed_in()
    form = ChangePasswordForm()
    if not form.validate():
        return render_template("account/show.html", form=form, account=account()), 422
    if not do.password_fits(account(), form.current_password.data):
        form.refuse("current_password", "password_wrong")
        return render_template("account/show.html", form=form, account=account()), 422
    try:
        do.set_password(account(), form.new_password.data, by=act())
    except TrackerError as error:
        form.refuse("new_password", error.code, **error.values)
        return render_template("account/show.html", form=form, account=account()), 422
    db.session.commit()
    login_user(SignedIn(account()))
    return see_other(url_for("account.show"), said=_("Đã đổi mật khẩu"))
