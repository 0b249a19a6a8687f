"""Pages of long lists, alike for all who see the same groups: kept while nothing changes."""

from collections.abc import Callable, Hashable, Mapping

from flask import make_response, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker.queries import board
from tracker.web import clock
from tracker.web.authorization import actor
from tracker.web.cache import kept
from tracker.web.compression import contains
from tracker.web.language import current
from tracker.web.responses import wants_fragment


def page(
    full: str,
    *pieces: str,
    make: Callable[[], Mapping[str, object]],
    by: Hashable = None,
    **head: object,
) -> Response:
    """The whole page round `pieces`, or the last of them alone for htmx.

    `make` says what the pieces take; it is asked when something changed since they were rendered.
    `by` is what they show of the reader besides the groups one sees, `head` what stands round them.
    """
    names = pieces[-1:] if wants_fragment() else pieces
    state = (board.version(), clock.today(), current().code, actor().scope_key)

    def render() -> str:
        context = make()
        return "\n".join(render_template(name, **context) for name in names)

    part = kept().part((names, request.full_path, by, *state), render)
    contains(part)
    body = Markup(part.text)  # noqa: S704 - rendered by our templates
    if wants_fragment():
        return make_response(body)
    return make_response(render_template(full, body=body, **head))
