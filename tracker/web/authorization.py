"""Rights are asked at the door, once, in one visible line."""

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from tracker.errors import NotAllowedError
from tracker.policies.actor import Actor
from tracker.services.act import Act
from tracker.web import clock
from tracker.web.session import actor_or_none

REFUSED = 400


def actor() -> Actor:
    """The signed-in person; the guard has made sure that there is one."""
    person = actor_or_none()
    if person is None:
        raise NotAllowedError("not_signed_in")
    return person


def authorize(allowed: bool) -> None:  # noqa: FBT001 - reads as `authorize(may.edit(actor, task))`
    """Go on if a policy said yes; else 403. Leaves the mark that `_asked` looks for."""
    g.policy_was_asked = True
    if not allowed:
        raise NotAllowedError("not_allowed")


def everyone_signed_in() -> None:
    """Say that whatever this page shows is limited by the query to what the actor may see."""
    g.policy_was_asked = True


def act() -> Act:
    """The signed-in person as the author of a change made now."""
    return Act(person_id=actor().person_id, at=clock.now(), cause="web")


def register(app: Flask) -> None:
    """Refuse to send an answer for which nobody asked a policy."""
    app.after_request(_asked)


def _asked(response: Response) -> ResponseReturnValue:
    if request.endpoint is None or response.status_code >= REFUSED:
        return response
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "is_public", False) or g.get("policy_was_asked"):
        return response
    message = f"{request.endpoint} answered without asking a policy"
    raise RuntimeError(message)
