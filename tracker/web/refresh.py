"""A page that keeps itself fresh: who asks again says what it has, and is sent only what is new.

What it has is `<version>-<digest>`: the state of everything the part was made from, and the part
itself. A known version costs nothing more; a part that another's change left as it was is not
sent again, so that nothing of what one may not see can be told from the answer (ADR 0028).
"""

import hashlib

from flask import Response, g, request, session

from tracker.lib.numbers import whole
from tracker.queries import board
from tracker.web import clock

FRESH = "board.show"
HAD = "v"
STAMP = 'data-v=""'
HEADER = "Board-Version"


def spare() -> Response | None:
    """Answer who is signed in and has what there is before anything is loaded, by one statement.

    Every window that shows the board asks for this, all day. Who is not known for sure goes on to
    the guard, and what is not known for sure to the view.
    """
    had = _had().partition("-")[0]
    if request.endpoint != FRESH or not had:
        return None
    account, _, epoch = str(session.get("_user_id", "")).partition(".")
    if not (account.isdigit() and epoch.isdigit()):
        return None
    version = board.version_for(whole(account), whole(epoch))
    if version is None or had != stamp(version):
        return None
    g.policy_was_asked = True  # nothing is shown
    return nothing_new()


def stamp(version: int) -> str:
    """A version of everything on the present day."""
    return f"{version}.{clock.today():%Y%m%d}"


def stamped(text: str, version: str) -> str:
    """The part with what it is, in its first `data-v=""`."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return text.replace(STAMP, f'data-v="{version}-{digest}"', 1)


def is_alike(text: str) -> bool:
    """Whether the stamped part is what is had already."""
    digest = _had().partition("-")[2]
    return bool(digest) and f'-{digest}"' in text[: text.find(">") + 1]


def nothing_new(text: str = "") -> Response:
    """Keep what you have; a stamped part says as what it is known from now on."""
    response = Response(status=204)
    _, _, rest = text.partition('data-v="')
    if rest:
        response.headers[HEADER] = rest.partition('"')[0]
    return response


def _had() -> str:
    return request.args.get(HAD, "")
