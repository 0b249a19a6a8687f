"""Rows of long lists, rendered once for all who see them alike."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from flask import current_app, request
from markupsafe import Markup

from tracker.web.language import current

MOST = 2000  # about five megabytes

_rendered: OrderedDict[Hashable, Markup] = OrderedDict()
_lock = Lock()


def rendered(template: str, row: Hashable) -> Markup:
    """The fragment for that row. All it may show is in the row: its rights, and how late it is."""
    key = (template, row, current().code, request.script_root)
    found = None if current_app.debug else _rendered.get(key)
    if found is not None:
        return found
    text = current_app.jinja_env.get_template(template).render(row=row)
    made = Markup(text)  # noqa: S704 - our own template, which escapes
    with _lock:
        _rendered[key] = made
        while len(_rendered) > MOST:
            _rendered.popitem(last=False)
    return made
