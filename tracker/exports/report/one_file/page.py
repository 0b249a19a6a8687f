"""The page itself: what the paper says, the board, and tables to filter; style and script inside.

Nothing of it is fetched, and its own security policy lets nothing be: of scripts and styles only
those run that were put here, whatever stands in a title.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tracker.exports.report import tables
from tracker.exports.report.one_file import board, grids
from tracker.exports.report.paper import paper
from tracker.exports.report.shapes import Appendix, Paper
from tracker.exports.report.wording import day, label, number, share
from tracker.lib.lateness import FourCells
from tracker.queries.report_facts import ReportFacts
from tracker.words import Language

HERE = Path(__file__).parent
PACKAGE = HERE.parents[2]
# In a checkout templates/ lies beside the package, in a wheel inside it.
TEMPLATES = (PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent) / "templates"
STRANDS = ("standards", "metrology", "conformity_assessment", "inspection")


@dataclass(frozen=True)
class Tile:
    """A number at the top of the page, with what it was at the end of the period before."""

    words: str
    value: str
    before: str
    tone: str


def render(facts: ReportFacts, lang: Language) -> bytes:
    """The file."""
    page = paper(facts, lang)
    strands = [(code, label("Strand", code, lang)) for code in STRANDS]
    listed = _list_of_tasks(page, facts, lang)
    template = _environment().get_template("one_file/report.html")
    text = template.render(
        _=lang.gettext,
        lang=lang,
        page=page,
        facts=facts,
        tiles=_tiles(facts, lang),
        strands=strands,
        groups=[(g.key, facts.group_name(g.key, lang.code)) for g in facts.groups],
        states=grids.states(facts, lang),
        bands=board.bands(facts, STRANDS, lang),
        grids=grids.all_of(facts, lang),
        annexes=[annex for annex in page.appendices if annex is not listed],
        listed=listed,
        kind_of=lambda block: type(block).__name__.lower(),
        picture=_picture,
        sheet=_sheet(),
        written=lambda value: number(value, lang),
    )
    return text.encode("utf-8", "replace")


def _list_of_tasks(page: Paper, facts: ReportFacts, lang: Language) -> Appendix | None:
    """The annex of tasks, instead of which there is a table to filter."""
    title = tables.tasks(facts, lang).title.upper()
    return next((annex for annex in page.appendices if annex.title == title), None)


def _tiles(facts: ReportFacts, lang: Language) -> list[Tile]:
    now, before = facts.statistics.whole, facts.statistics.before
    _ = lang.gettext
    cells = (
        (_("Hoàn thành đúng hạn"), "done_on_time", "done"),
        (_("Hoàn thành quá hạn"), "done_late", "done"),
        (_("Chưa hoàn thành, trong hạn"), "open_on_time", "idle"),
        (_("Chưa hoàn thành, quá hạn"), "open_overdue", "late"),
    )
    tiles = [
        Tile(words, number(getattr(now, name), lang), _before(before, name, lang), tone)
        for words, name, tone in cells
    ]
    earlier = share(before.completed_share, lang) if before and before.due else ""
    completed = _("Tỷ lệ hoàn thành trên số đến hạn")
    tiles.append(Tile(completed, share(now.completed_share, lang), earlier, "idle"))
    coverage = facts.coverage
    if coverage.of:
        said = f"{number(coverage.confirmed, lang)}/{number(coverage.of, lang)}"
        tiles.append(Tile(_("Mục đang mở đã được xác nhận"), said, "", "idle"))
    return tiles


def _before(cells: FourCells | None, name: str, lang: Language) -> str:
    return number(getattr(cells, name), lang) if cells is not None and cells.total else ""


def _picture(drawing: str) -> Markup:
    """The address of a picture that holds all of it: its ids cannot meet those of another."""
    return Markup(f"data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}")  # noqa: S704 - base64


@dataclass(frozen=True)
class Sheet:
    """The style and the script, and the policy that lets these run and nothing else."""

    style: Markup
    script: Markup
    policy: str


@cache
def _sheet() -> Sheet:
    style, script = ((HERE / name).read_text("utf-8") for name in ("look.css", "tables.js"))
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    return Sheet(
        Markup(f"<style>{style}</style>"),  # noqa: S704 - a file of ours
        Markup(f"<script>{script}</script>"),  # noqa: S704 - a file of ours
        policy,
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.filters["date"] = day
    return environment
