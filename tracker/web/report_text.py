"""The text of a report on its page: what it will say, and what others write in it meanwhile."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from tracker.exports.report.first_page import compared_with
from tracker.exports.report.tables import SORTS
from tracker.exports.report.wording import label
from tracker.lib import chips as typed
from tracker.lib.codes import CodeKind
from tracker.lib.codes import parse as parse_code
from tracker.models import Report
from tracker.queries.report_facts import (
    Basis,
    Name,
    PlanMilestoneFact,
    ReportFacts,
    SinceFact,
    TaskFact,
    section_of,
)
from tracker.queries.reports import Outline, chips, writers
from tracker.queries.reports.writers import Writer
from tracker.services.report_text import TEXTS
from tracker.web import clock
from tracker.web.authorization import actor
from tracker.web.language import current
from tracker.words import N_

# The sections of the paper, by their headings.
SECTIONS = (
    ("assessment", N_("Nhận định chung")),
    ("results", N_("I. Tình hình và kết quả thực hiện")),
    ("difficulties", N_("II. Khó khăn, vướng mắc và nguyên nhân")),
    ("next", N_("III. Phương hướng, nhiệm vụ kỳ tới")),
    ("recommendations", N_("IV. Kiến nghị, đề xuất")),
)
# The figures of the whole, in the order in which they are offered.
OFFERED = (
    "total", "done", "done_on_time", "done_late", "open_on_time", "open_overdue", "fell_due",
    "completed_share", "overdue_share", "dropped", "finished", "reached", "slips",
    "difficulties", "upcoming", "coverage", "cut_off",
)  # fmt: skip


ITEMS = {CodeKind.TASK, CodeKind.MILESTONE}
Item = TaskFact | PlanMilestoneFact
# Finds the tasks and milestones of these codes that an outline does not hold.
Lookup = Callable[[Outline, Set[str]], Iterable[Item]]


@dataclass(frozen=True)
class Offer:
    """A figure beside the text: what it is called, how it is typed, what it says."""

    word: str
    chip: str
    value: str


@dataclass(frozen=True)
class Piece:
    """A piece of a text as it will be read; `chip` is what was typed for it, if it is a fact."""

    text: str
    chip: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class Text:
    """A text of a report as it is at version `seen`: `lines` are what it says.

    `theirs` is what was typed there where the page shows something else, `writer` who did.
    """

    name: str
    lines: Sequence[Sequence[Piece]]
    seen: int = 0
    theirs: str | None = None
    writer: Writer | None = None

    @property
    def has_chips(self) -> bool:
        """Whether what it says is not what was typed."""
        return any(piece.chip for line in self.lines for piece in line)

    @property
    def missing(self) -> list[str]:
        """The chips without a fact, each once."""
        gone = (piece.text for line in self.lines for piece in line if piece.is_missing)
        return list(dict.fromkeys(gone))


def texts(
    report: Report,
    outline: Callable[[], Outline],
    lookup: Lookup,
    *,
    since: int | None = None,
    sent: Mapping[str, str] | None = None,
) -> dict[str, Text]:
    """All texts by name; where others wrote `since` that version, with what they wrote.

    `sent` is what the page holds, if it has said so: the same text is nothing new to it. The
    outline is only asked for when there is a fact in a text: it may be dear.
    """
    stored = {name: report.narrative.get(name, "") for name in TEXTS}
    has_chips = bool(typed.asked(stored.values()))
    values = _values(outline(), lookup, stored.values()) if has_chips else {}
    changed = {} if since is None else writers.rewritten(report, since)
    return {
        name: Text(
            name,
            _lines(name, text, values),
            report.version,
            text if name in changed and (sent or {}).get(name) != text else None,
            _other(changed.get(name)),
        )
        for name, text in stored.items()
    }


def frozen(facts: ReportFacts) -> dict[str, Text]:
    """Those of a report that was submitted, its facts as they were then."""
    told = facts.narrative
    return {name: Text(name, _lines(name, told.get(name, ""), facts.chips)) for name in TEXTS}


def _values(outline: Outline, lookup: Lookup, stored: Collection[str]) -> dict[str, Name]:
    """Those of the outline; where it does not hold a task or milestone, that is looked up."""
    values = chips.values(outline.facts, stored, outline.overdue)
    asked = {one.subject.upper() for one in typed.asked(stored) if one.key not in values}
    codes = {code for code in asked if (parsed := parse_code(code)) and parsed.kind in ITEMS}
    if not codes:
        return values
    return chips.values(outline.facts, stored, [*lookup(outline, codes), *outline.overdue])


def _lines(name: str, text: str, values: Mapping[str, Name]) -> list[list[Piece]]:
    _section, is_english = section_of(name)
    code = "en" if is_english else "vi"
    return [
        [_piece(part, values, code) for part in typed.parts(line)]
        for line in text.split("\n")
        if line
    ]


def _piece(part: typed.Part, values: Mapping[str, Name], code: str) -> Piece:
    if part.chip is None:
        return Piece(part.text)
    value = values.get(part.chip.key)
    if value is None:
        return Piece(part.text, part.text, is_missing=True)
    return Piece(value.in_language(code), part.text)


def _other(writer: Writer | None) -> Writer | None:
    return writer if writer and writer.person_id != actor().person_id else None


def page(report: Report, outline: Outline, lookup: Lookup, *, is_open: bool) -> dict[str, object]:
    """What the page takes: texts that go on changing, or those that were submitted."""
    told = texts(report, lambda: outline, lookup) if is_open else frozen(outline.facts)
    since = outline.facts.since or SinceFact(Basis.NOTHING)
    return {
        **context(report, told),
        "offered": offered(outline.facts),
        "compared": compared_with(since, current()),
        "sorts": SORTS,
    }


def context(report: Report, texts: Mapping[str, Text]) -> dict[str, object]:
    """What the fragments of the texts take."""
    writers = others(report)
    return {
        "texts": texts,
        "others": writers,
        "others_key": key(writers),
        "sections": SECTIONS,
        "section_of": lambda text: dict(SECTIONS)[section_of(text)[0]],
        "chip": chip,
        "strand": strand,
    }


def others(report: Report) -> list[Writer]:
    """Who else writes in it right now."""
    now = writers.writing(report, clock.now())
    return [one for one in now if one.person_id != actor().person_id]


def key(others: Iterable[Writer]) -> str:
    """Another one when somebody else writes, or elsewhere."""
    return ".".join(f"{one.person_id}-{one.text}" for one in others)


def chip(measure: str, subject: str = "") -> str:
    """A fact as it is typed in the reader's language."""
    return typed.written(measure, subject, code=current().code)


def strand(code: str) -> str:
    """A strand as it is typed there."""
    return label("Strand", code, current())


def offered(facts: ReportFacts) -> list[Offer]:
    """The figures of the whole that can be dropped into a text."""
    asked = {measure: chip(measure) for measure in OFFERED}
    values = chips.values(facts, asked.values())
    found = ((measure, values.get(f":{measure}")) for measure in OFFERED)
    code = current().code
    return [
        Offer(typed.MEASURES[measure][code == "en"], asked[measure], value.in_language(code))
        for measure, value in found
        if value is not None
    ]
