"""What every template may use: words, dates, rights, ids."""

from datetime import date, datetime
from enum import Enum

from flask import Flask, request
from jinja2 import StrictUndefined
from markupsafe import Markup

from tracker import policies
from tracker.adapters import markdown
from tracker.lib import dates
from tracker.policies.actor import Actor
from tracker.queries import my_work
from tracker.web import clock, fragments, language
from tracker.web.configuration import config
from tracker.web.session import account, actor_or_none


def register(app: Flask) -> None:
    """Set the environment up once."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.globals |= {"gettext": language.gettext, "ngettext": language.ngettext}
    environment.globals["_"] = language.gettext
    environment.filters |= {
        "label": lambda member: language.current().label(member),
        "date": written_date,
        "short_date": lambda day: dates.format_short(day) if day else "",
        "weekday": lambda day: language.current().label(dates.weekday(day)),
        "when": when,
        "number": number,
        "named": named,
        "excerpt": markdown.excerpt,
        "markdown": written,
        "sentence": lambda reason: language.current().sentence(reason.code, **reason.texts),
    }
    environment.globals |= {"may": policies, "dom_id": dom_id}
    environment.globals |= {"rendered": fragments.rendered, "csrf_token": fragments.csrf_token}
    app.context_processor(_context)


def written(text: str, form: str = "") -> Markup:
    """Markdown as HTML; where `form` names a form, boxes to tick are buttons of it."""
    return Markup(markdown.render(text, form))  # noqa: S704 - cleaned by nh3


def written_date(day: date | None) -> str:
    """dd/mm/yyyy, or nothing."""
    return dates.format_date(day) if day else ""


def when(moment: datetime | None) -> str:
    """A moment in Viet Nam: 20/11 09:12, with the year when it is another one."""
    if moment is None:
        return ""
    here = moment.astimezone(dates.ZONE)
    this_year = here.year == clock.today().year
    return here.strftime("%d/%m %H:%M" if this_year else "%d/%m/%Y %H:%M")


def named(thing: object) -> str:
    """The name of a group or unit in the reader's language."""
    english = getattr(thing, "name_en", None)
    if english and language.current().code == "en":
        return str(english)
    return str(getattr(thing, "name", ""))


def number(value: float) -> str:
    """1.234.567,9 in Vietnamese; 1,234,567.9 in English."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    if language.current().code == "en":
        return text
    return text.translate(str.maketrans(",.", ".,"))


def dom_id(thing: object, part: str | None = None) -> str:
    """A stable id for an element: task-7, task-7-status. Things are told by kind and code."""
    kind = type(thing).__name__.lower().removesuffix("row")
    key = getattr(thing, "code", None) or getattr(thing, "id", "")
    key = key.value if isinstance(key, Enum) else key
    return f"{kind}-{key}-{part}" if part else f"{kind}-{key}"


class NavCounts:
    """The numbers beside the places of the main menu; counted once, when a page shows them."""

    def __init__(self, actor: Actor | None) -> None:
        self._actor = actor
        self._mine: int | None = None

    def get(self, name: str) -> int:
        """How much there waits for the reader; nothing where nothing is counted."""
        if self._actor is None or name != "mine":
            return 0
        if self._mine is None:
            self._mine = my_work.urgent(self._actor, clock.today())
        return self._mine


def _context() -> dict[str, object]:
    return {
        "lang": language.current(),
        "actor": actor_or_none(),
        "today": clock.today(),
        "now": clock.now(),
        "theme": account().theme if actor_or_none() else request.cookies.get("theme", "system"),
        "organisation": config().organisation,
        "nav_counts": NavCounts(actor_or_none()),
    }
