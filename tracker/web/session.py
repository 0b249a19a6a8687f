"""Who is asking: private by default, no sign-in, no entry."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    current_app,
    g,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user
from sqlalchemy import event
from werkzeug.exceptions import HTTPException

from tracker.adapters import database
from tracker.extensions import db, login_manager
from tracker.forms.auth import SignInForm
from tracker.models import Account
from tracker.policies.actor import Actor
from tracker.queries import accounts as read
from tracker.web import clock, language, refresh, resume
from tracker.web.responses import wants_fragment

SAFE = {"GET", "HEAD", "OPTIONS"}
View = TypeVar("View", bound=Callable[..., Any])


class SignedIn(UserMixin):
    """Flask-Login's idea of a user, round an account."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """The account and its epoch: a raised epoch ends every session."""
        return f"{self.account.id}.{self.account.epoch}"


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    vars(view)["is_public"] = True  # a mark on the function, read below
    return view


def register(app: Flask) -> None:
    """Load the user, bind the language and guard every endpoint that is not public."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    app.before_request(_begin)
    app.before_request(refresh.spare)
    app.before_request(_guard)
    app.teardown_request(_end)
    if not event.contains(db.session, "after_commit", _go_on_as_reader):
        event.listen(db.session, "after_commit", _go_on_as_reader)


def account() -> Account:
    """The signed-in account; only called behind the guard."""
    user: SignedIn = current_user._get_current_object()  # noqa: SLF001 - Flask-Login's own way
    return user.account


def actor_or_none() -> Actor | None:
    """The signed-in person with their roles, or None."""
    if not current_user.is_authenticated:
        return None
    if "actor" not in g:
        g.actor = read.actor_for(account(), clock.today())
    actor: Actor = g.actor
    return actor


def _load(user_id: str) -> SignedIn | None:
    number, _, epoch = user_id.partition(".")
    if not number.isdigit():
        return None
    found = read.find(int(number))
    if found is None or not found.is_active or str(found.epoch) != epoch:
        return None
    return SignedIn(found)


def _begin() -> None:
    clock.now()  # one moment for the whole answer
    database.read_only(request.method in SAFE)
    if request.method not in SAFE:
        _receive()


def _receive() -> None:
    """Take in all that is sent before the first query: a slow upload must lock nobody out."""
    with suppress(HTTPException):  # is raised again, and told, where the form is read
        request.form.get("csrf_token")


def _end(_error: BaseException | None) -> None:
    database.read_only(value=False)


def _go_on_as_reader(_session: object) -> None:
    """What is rendered after the commit must not hold other writers up."""
    if has_request_context():
        database.read_only()


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        language.choose(None)
        return None
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False):
        _choose_language()
        return None
    if current_user.is_authenticated:
        _choose_language()
        return None
    language.choose(None)
    return _ask_to_sign_in()


def _choose_language() -> None:
    """An account's language; a visitor's cookie. Static files never load the user."""
    if request.endpoint and request.endpoint.startswith("assets."):
        return
    language.choose(account().language if current_user.is_authenticated else None)


def _ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page; what was typed goes along and is offered again behind it."""
    g.policy_was_asked = True  # the guard has answered: no view will
    if wants_fragment():
        page = urlsplit(request.headers.get("HX-Current-URL", "/"))
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for(
            "auth.sign_in", next=page._replace(scheme="", netloc="").geturl(), expired=1
        )
        return response
    if request.method in SAFE:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")), 303)
    answer = render_template("auth/sign_in.html", form=SignInForm(), resume=resume.pack())
    return answer, 401
