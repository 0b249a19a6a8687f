"""What the facts dropped into the text of a report say, in both languages.

The same chips over the same facts say the same, whether they are shown while somebody types or
frozen with the report. A fact that is not there has no value: it is said to be missing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from tracker.lib import figures
from tracker.lib.chips import BEFORE, Chip, asked, parts
from tracker.lib.dates import format_date
from tracker.lib.lateness import FourCells
from tracker.lib.text import fold
from tracker.queries.report_facts import (
    Name,
    PlanMilestoneFact,
    ReportFacts,
    TaskFact,
    WorkstreamFact,
)
from tracker.words import LABELS, LANGUAGES, Language, language

STRANDS = ("standards", "metrology", "conformity_assessment", "inspection")
CELLS = (
    "total", "done", "done_on_time", "done_late", "open_on_time", "open_overdue", "dropped",
)  # fmt: skip
SHARES = ("completed_share", "overdue_share")
LISTS = ("finished", "reached", "slips", "difficulties", "upcoming")
# What an item calls the day or the person that a measure asks for; the first that is known counts.
ATTRIBUTES = {
    "due": ("due", "wanted_by"),
    "baseline": ("baseline", "approved"),
    "forecast": ("forecast",),
    "finished_on": ("finished_on", "closed_on", "decided_on"),
    "owner": ("owner",),
}


def values(
    facts: ReportFacts,
    texts: Iterable[str] | None = None,
    more: Iterable[TaskFact | PlanMilestoneFact] = (),
) -> dict[str, Name]:
    """The values by key of the chips in these texts, else in what people wrote; missing ones left
    out. `more` are items that facts without the table of all tasks do not hold.
    """
    chips = asked(facts.narrative.values() if texts is None else texts)
    source = _Source(facts, chips, tuple(more))
    found = ((chip.key, source.value(chip)) for chip in chips)
    return {key: value for key, value in found if value is not None}


def missing(facts: ReportFacts) -> list[str]:
    """The chips in what people wrote that have no value, each once, as they were typed."""
    written = chain.from_iterable(map(parts, facts.narrative.values()))
    found = (part.text for part in written if part.chip and part.chip.key not in facts.chips)
    return list(dict.fromkeys(found))


class _Source:
    """The facts, looked through once for the subjects that are asked for."""

    def __init__(
        self,
        facts: ReportFacts,
        chips: Iterable[Chip],
        more: tuple[TaskFact | PlanMilestoneFact, ...],
    ) -> None:
        self.facts = facts
        self.more = more
        self.subjects = {chip.subject for chip in chips}

    def value(self, chip: Chip) -> Name | None:
        """What the chip says; None where there is no such fact."""
        if chip.subject in self._cells:
            return self._counted(chip)
        if chip.subject in self._streams:
            return self._stood(self._streams[chip.subject], chip.measure)
        return self._told(chip)

    # ------------------------------------------------------------ numbers

    @cached_property
    def _cells(self) -> Mapping[str, FourCells | None]:
        """The cells by subject: the whole, the period before, strands and groups."""
        told = self.facts.statistics
        found: dict[str, FourCells | None] = {"": told.whole}
        found |= dict.fromkeys(map(fold, BEFORE), told.before)
        found |= {row.key.casefold(): row.now for row in told.by_group}
        for row in told.by_strand:
            found |= dict.fromkeys(_strand_words(row.key), row.now)
        return found

    def _counted(self, chip: Chip) -> Name | None:
        cells = self._cells[chip.subject]
        if cells is not None and chip.measure in CELLS:
            return _figure(getattr(cells, chip.measure))
        if cells is not None and chip.measure == "fell_due":
            return _figure(cells.due)
        if cells is not None and chip.measure in SHARES:
            share = getattr(cells, chip.measure)
            return None if share is None else _pair(lambda lang: figures.share(share, lang.code))
        if not chip.subject:
            return self._of_the_whole(chip.measure)
        stream = self._streams.get(chip.subject)
        return self._stood(stream, chip.measure) if stream else self._named(chip)

    def _of_the_whole(self, measure: str) -> Name | None:
        if measure in LISTS:
            return _figure(len(getattr(self.facts, measure)))
        if measure == "coverage":
            told = self.facts.coverage
            return Name(f"{told.confirmed}/{told.of}") if told.of else None
        return _day(self.facts.cut_off) if measure == "cut_off" else None

    def _named(self, chip: Chip) -> Name | None:
        """The name of a strand or of a group."""
        if chip.measure not in {"", "title"}:
            return None
        strand = next((one for one in STRANDS if chip.subject in _strand_words(one)), "")
        if strand:
            return _label("Strand", strand)
        named = (g for g in self.facts.groups if g.key.casefold() == chip.subject)
        return next((group.name for group in named), None)

    # ------------------------------------------------------------ workstreams

    @cached_property
    def _streams(self) -> Mapping[str, WorkstreamFact]:
        """By group and strand («hal do luong»); in the report of one group by strand alone too."""
        is_one = len(self.facts.groups) == 1
        found: dict[str, WorkstreamFact] = {}
        for stream in self.facts.workstreams:
            words = _strand_words(stream.strand)
            found |= dict.fromkeys((f"{stream.group.casefold()} {word}" for word in words), stream)
            found |= dict.fromkeys(words if is_one else (), stream)
        return found

    def _stood(self, stream: WorkstreamFact, measure: str) -> Name | None:
        counts = {"total": "total", "done": "done", "open_overdue": "overdue"}
        if measure in counts:
            return _figure(getattr(stream, counts[measure]))
        if measure in {"health", "declared"}:
            return _label("Health", getattr(stream, measure))
        if measure == "slip":
            return _slip(stream.slip)
        if measure == "forecast":
            return _day(stream.forecast)
        if measure == "next_milestone":
            return _text(stream.next_milestone)
        name = _label("Strand", stream.strand)
        return name if measure in {"", "title"} else None

    # ------------------------------------------------------------ tasks, milestones and the like

    @cached_property
    def _items(self) -> Mapping[str, list[Any]]:
        facts = self.facts
        told: Iterator[Any] = chain(
            self.more, facts.tasks, facts.milestones, facts.finished, facts.directives,
            facts.reached, facts.upcoming, facts.difficulties, facts.risks, facts.questions,
            facts.deliverables, facts.slips,
            *(changed.rows for changed in (facts.since.changes if facts.since else ())),
        )  # fmt: skip
        found: dict[str, list[Any]] = {}
        for item in told:
            code = item.code.casefold()
            if code in self.subjects:
                found.setdefault(code, []).append(item)
        return found

    def _told(self, chip: Chip) -> Name | None:
        items = self._items.get(chip.subject, [])
        makers: dict[str, Callable[[Any], Name | None]] = {
            "": lambda item: _text(f"{_title(item)} ({item.code})"),
            "title": lambda item: _text(_title(item)),
            "unit": self._unit,
            "status": _status,
            "slip": lambda item: _slip(_of(item, "slip")),
            "progress": _progress,
        }
        make = makers.get(chip.measure, lambda item: _attribute(item, chip.measure))
        return next(filter(None, map(make, items)), None)

    def _unit(self, item: object) -> Name | None:
        names = _of(item, "lead_unit") or ""
        return Name(names, self.facts.unit_names(names, "en")) if names else None


def _strand_words(strand: str) -> tuple[str, ...]:
    """How a strand is called in a chip, folded."""
    label = _label("Strand", strand)
    return tuple({fold(label.vi): 1, fold(label.en): 1}) if label else ()


def _pair(make: Callable[[Language], str]) -> Name:
    vi, en = (make(language(code)) for code in LANGUAGES)
    return Name(vi, en if en != vi else "")


def _figure(value: int) -> Name:
    return _pair(lambda lang: figures.number(value, lang.code))


def _label(kind: str, code: str) -> Name | None:
    if not code:
        return None
    return _pair(lambda lang: lang.gettext(LABELS.get(f"{kind}.{code}", code)))


def _slip(days: int | None) -> Name | None:
    if days is None:
        return None
    if not days:
        return _pair(lambda lang: lang.gettext("đúng kế hoạch"))
    if days > 0:
        return _pair(lambda lang: lang.ngettext("chậm %(num)s ngày", "chậm %(num)s ngày", days))
    return _pair(lambda lang: lang.ngettext("sớm %(num)s ngày", "sớm %(num)s ngày", -days))


def _day(day: date | None) -> Name | None:
    return Name(format_date(day)) if day else None


def _text(text: str) -> Name | None:
    return Name(" ".join(text.split())) if text else None


def _of(item: object, name: str) -> Any:  # noqa: ANN401 - a fact of any kind
    return getattr(item, name, None)


def _title(item: object) -> str:
    return str(_of(item, "title") or _of(item, "question") or "")


def _status(item: object) -> Name | None:
    return _label("TaskStatus", _of(item, "status") or "")


def _progress(item: object) -> Name | None:
    progress = _of(item, "progress")
    return None if progress is None else Name(f"{progress}%")


def _attribute(item: object, measure: str) -> Name | None:
    for name in ATTRIBUTES.get(measure, ()):
        value = _of(item, name)
        if value:
            return _day(value) if isinstance(value, date) else _text(str(value))
    return None
