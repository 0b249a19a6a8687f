"""Signing in and out, invitations, and the first administrator of a blank installation."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from tracker.adapters import database
from tracker.errors import TrackerError
from tracker.extensions import db
from tracker.forms.auth import NewPasswordForm, SignInForm, WelcomeForm
from tracker.models import Account
from tracker.queries import accounts as read
from tracker.services import accounts as do
from tracker.services import people
from tracker.services.act import Act
from tracker.web import clock, resume
from tracker.web.authorization import everyone_signed_in
from tracker.web.configuration import config
from tracker.web.responses import found, local, see_other
from tracker.web.session import SignedIn, public

bp = Blueprint("auth", __name__)
INVALID, TOO_MANY = 422, 429


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask who is there; a blank installation greets its first administrator instead."""
    if not read.exist():
        return redirect(url_for("auth.welcome"), 303)
    return render_template("auth/sign_in.html", form=SignInForm(), resume="")


@bp.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    """Let in whoever knows the password; slow guessing down."""
    form = SignInForm()
    email, address, at = form.email.data or "", request.remote_addr or "", clock.now()
    carried = request.form.get("resume", "")
    db.session.commit()  # lets go of the lock that knowing the visitor's language took
    with database.reading():
        may_try, known = do.may_try(email, address, at), read.by_email(email)
        db.session.commit()  # checking a password takes its time: nobody waits for that
    if not may_try:
        form.refuse("password", "too_many_tries")
        return render_template("auth/sign_in.html", form=form, resume=carried), TOO_MANY
    if not form.validate():
        return render_template("auth/sign_in.html", form=form, resume=carried), INVALID
    fits = do.password_fits(known, form.password.data)
    counts = _count(email, address, fits=fits)
    if known is None or not fits or not counts:
        form.refuse("password", "sign_in_failed" if counts else "too_many_tries")
        status = INVALID if counts else TOO_MANY
        return render_template("auth/sign_in.html", form=form, resume=carried), status
    if known.is_demo and not config().accepts_demo_accounts:
        form.refuse("email", "demo_account_refused")
        return render_template("auth/sign_in.html", form=form, resume=carried), 403
    login_user(SignedIn(known), remember=form.remember.data)
    typed = resume.unpack(carried)
    if typed is not None:
        return render_template("auth/resume.html", typed=typed)
    return redirect(_safe_next(known), 303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Leave."""
    everyone_signed_in()
    logout_user()
    return see_other(url_for("auth.sign_in"))


@bp.get("/welcome")
@public
def welcome() -> ResponseReturnValue:
    """Greet the first administrator; once there is an account, this page is gone."""
    found(None if read.exist() else True)
    return render_template("auth/welcome.html", form=WelcomeForm())


@bp.post("/welcome")
@public
def begin() -> ResponseReturnValue:
    """Make the first administrator and lead to the first group."""
    found(None if read.exist() else True)
    form = WelcomeForm()
    if not form.validate():
        return render_template("auth/welcome.html", form=form), 422
    act = Act(person_id=None, at=clock.now(), cause="web")
    try:
        do.check_password_rules(form.new_password.data, form.email.data)
    except TrackerError as error:
        form.refuse("new_password", error.code, **error.values)
        return render_template("auth/welcome.html", form=form), 422
    person = people.create_person(form.full_name.data, by=act, email=form.email.data)
    first = do.create(person, form.email.data, by=act, is_administrator=True)
    do.set_password(first, form.new_password.data, by=act)
    db.session.commit()
    login_user(SignedIn(found(read.find(first.id))))
    return redirect(url_for("admin.begin"), 303)


@bp.get("/invitations/<secret>")
@public
def invitation(secret: str) -> ResponseReturnValue:
    """Ask the invited person for a password. Opening the link changes nothing."""
    invited = found(read.invitation(do.hashed(secret), clock.now()))
    return render_template("auth/invitation.html", form=NewPasswordForm(), invited=invited)


@bp.post("/invitations/<secret>")
@public
def accept(secret: str) -> ResponseReturnValue:
    """Set the password and let the person in."""
    invited = found(read.invitation(do.hashed(secret), clock.now()))
    form = NewPasswordForm()
    if not form.validate():
        return render_template("auth/invitation.html", form=form, invited=invited), 422
    act = Act(person_id=invited.account.person_id, at=clock.now(), cause="web")
    try:
        do.accept(invited, form.new_password.data, by=act)
    except TrackerError as error:
        form.refuse("new_password", error.code, **error.values)
        return render_template("auth/invitation.html", form=form, invited=invited), 422
    db.session.commit()
    login_user(SignedIn(found(read.find(invited.account_id))))
    return redirect(url_for("my_work.show"), 303)


def _count(email: str, address: str, *, fits: bool) -> bool:
    """Note the try, if it is still one of those allowed: many may have come at the same time."""
    at = clock.now()
    database.read_only(value=False)
    counts = do.may_try(email, address, at)
    if counts:
        do.note_attempt(email, address, at, succeeded=fits)
    db.session.commit()
    return counts


def _safe_next(who: Account) -> str:
    """The page asked for, if it is one of ours; else the board, or my work for a member."""
    leads = who.is_administrator or who.is_director
    first = url_for("board.show" if leads else "my_work.show")
    return local(request.args.get("next")) or first
