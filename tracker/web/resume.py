"""What was typed before the session ended or a form went wrong, kept to be sent again.

A refused POST is stored in the database of nobody: it travels, signed, in the page itself.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.exceptions import HTTPException

from tracker.web import retelling

UNKEPT = {"csrf_token", "password", "current_password", "new_password", "repeat"}
HOURS = 12


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: where to, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> list[retelling.Told]:
        """What a person typed of it, in words."""
        return retelling.told(self.fields)


def typed() -> Typed | None:
    """What the present request brought; None for nothing, too much, or a page of somebody else.

    Offering a form again that another site had the browser send would lend it our token.
    """
    if not is_from_us():
        return None
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:
        return None
    fields = tuple((name, value) for name, value in sent if name not in UNKEPT and value)
    return Typed(request.full_path.rstrip("?"), fields) if fields else None


def is_from_us() -> bool:
    """Whether the browser says that one of our pages sent the request.

    All browsers name the origin of a POST that comes from another site.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return origin is None or urlsplit(origin).netloc == request.host


def pack(what: Typed | None = None) -> str:
    """The form as a signed text that a page can carry."""
    what = what or typed()
    return _serializer().dumps([what.path, what.fields]) if what else ""


def unpack(text: str | None) -> Typed | None:
    """The form again, or None when the text is old, empty or not ours."""
    if not text:
        return None
    try:
        path, fields = _serializer().loads(text, max_age=HOURS * 3600)
    except BadSignature:
        return None
    return Typed(path, tuple((name, value) for name, value in fields))


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="resume")
