"""The few shapes an answer has; the one place that knows the htmx package and its headers."""

import json
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from flask import abort, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from htmx_flask import request
from werkzeug.wrappers import Response

from tracker.web.language import gettext

Thing = TypeVar("Thing")


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page: not a boosted link, not a restored page."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def found(thing: Thing | None) -> Thing:
    """The thing, or 404: what one may not see does not exist."""
    if thing is None:
        abort(404)
    return thing


def page(full: str, fragment: str, /, **context: object) -> Response:
    """The whole page, or the fragment of it that htmx asked for."""
    return make_response(render_template(fragment if wants_fragment() else full, **context))


def answer(
    fragment: str, /, *, otherwise: str, said: str = "", **context: object
) -> ResponseReturnValue:
    """After a change: the fragment with a toast, or a redirect for those without JavaScript.

    A dialog that asked for the change is closed.
    """
    if not wants_fragment():
        return see_other(otherwise, said=said)
    response = make_response(render_template(fragment, **context))
    tell(response, "close-dialog")
    if said:
        toast(response, said)
    return response


def undoable(
    fragment: str, /, *, otherwise: str, said: str, undo: str, **context: object
) -> ResponseReturnValue:
    """The same for a change that the address `undo` takes back; none where it is empty."""
    if not wants_fragment():
        return see_other(otherwise, said=said, undo=undo)
    response = make_response(answer(fragment, otherwise=otherwise, said="", **context))
    toast(response, said, undo=undo)
    return response


def see_other(address: str, *, said: str = "", undo: str = "") -> ResponseReturnValue:
    """Go and look there; for htmx the whole page goes. `said` is shown on arrival.

    `undo` is the address that takes the change back; it stands on the message as a button.
    """
    if said:
        flash(said, f"undo:{undo}" if undo else "message")
    if wants_fragment():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = address
        return response
    return redirect(address, 303)


def behind() -> SplitResult:
    """The address that the window shows; that of the drawer where one is open."""
    address: str = request.headers.get("HX-Current-URL", "")
    return urlsplit(address)


def elsewhere(
    address: str, *, said: str = "", undo: str = "", gone: str = ""
) -> ResponseReturnValue:
    """After a change that lists show in many places: the page one is on, made anew.

    Who has no such page (no JavaScript, or stood on the address that is `gone`) goes to `address`.
    """
    if not wants_fragment() or behind().path in {"", gone}:
        return see_other(address, said=said, undo=undo)
    if said:
        flash(said, f"undo:{undo}" if undo else "message")
    response = make_response("", 204)
    response.headers["HX-Refresh"] = "true"
    return response


def local(target: str | None) -> str | None:
    """The address if it is one of ours, else None: nobody is led elsewhere by what a request says.

    Browsers drop tabs and line ends from addresses and read a backslash as a slash.
    """
    target = target or ""
    parts = urlsplit(target)
    plain = target.isprintable() and "\\" not in target
    ours = target.startswith("/") and not target.startswith("//")
    return target if plain and ours and not parts.scheme and not parts.netloc else None


def came_from_here() -> bool:
    """Whether a link or form of ours led to this address, and not one that somebody was sent."""
    return bool(urlsplit(request.referrer or "").netloc == request.host)


def invalid(
    full: str, fragment: str, status: int = 422, /, **context: object
) -> ResponseReturnValue:
    """The form again with what was typed and what is wrong with it (422)."""
    return page(full, fragment, **context), status


def instead(
    answer_: ResponseReturnValue, target: str = "#dialog", swap: str = "innerHTML"
) -> Response:
    """The answer put elsewhere than the request said: in a dialog, or where the mistake is."""
    response = make_response(answer_)
    response.headers["HX-Retarget"] = target
    response.headers["HX-Reswap"] = swap
    return response


def by_ids(answer_: ResponseReturnValue) -> Response:
    """An answer whose elements all go where their ids are, whatever has become of the target: a
    form may be sent again while its last answer replaces a part of it.
    """
    response = make_response(answer_)
    response.headers["HX-Reswap"] = "none"
    return response


def toast(response: Response, text: str, kind: str = "done", undo: str = "") -> None:
    """Say something in passing; the page shows it in its live region."""
    tell(response, "toast", text=text, kind=kind, **({"undo": undo} if undo else {}))


def plan_changed(answer_: ResponseReturnValue, *, moved: bool = False) -> Response:
    """Let what stands behind the drawer, and what changed in it has another place there, ask anew.

    In columns and in an overview everything has another place; in a list only what was `moved`.
    """
    response = make_response(answer_)
    if wants_fragment():
        tell(response, "plan-changed")
    if wants_fragment() and moved:
        tell(response, "plan-moved")
    return response


def tell(response: Response, event: str, **detail: str) -> None:
    """Send an event to the page beside the answer."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    response.headers["HX-Trigger"] = json.dumps(events | {event: detail})


def saved() -> str:
    """The usual word after a change."""
    return gettext("Đã lưu")
