"""Mails as text and HTML, in the reader's language, from `templates/mail/<message>/`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.lib import dates
from tracker.words import Language

PACKAGE = Path(__file__).parents[1]
# In a checkout templates/ lies beside the package, in a wheel inside it.
TEMPLATES = (PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent) / "templates"


@dataclass(frozen=True)
class Written:
    """A mail, ready to be sent."""

    subject: str
    text: str
    html: str


def write(message: str, lang: Language, **context: object) -> Written:
    """Write the mail of that name."""
    environment = _environment()
    values = {"_": lang.gettext, "ngettext": lang.ngettext, "lang": lang, **context}
    values["label"] = lang.label
    subject, text, html = (
        environment.get_template(f"mail/{message}/{part}").render(values)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Written(" ".join(subject.split()), text, html)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        keep_trailing_newline=True,
    )
    environment.filters["date"] = lambda day: dates.format_date(day) if day else ""
    return environment
