"""The lines of a sheet, one after the other, become milestones, tasks and subtasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.imports.plan import places, texts
from tracker.imports.plan.filling import Manner, filled
from tracker.imports.plan.lines import Line
from tracker.imports.plan.notes import Notes, quoted
from tracker.imports.plan.places import Place
from tracker.imports.plan.strands import strand_of
from tracker.lib.plan_file import PlanRow, RowKind
from tracker.lib.text import fold

_SUMS = {"tong cong", "tong so", "cong", "total", "sum"}
_REPEATED_HEADINGS = {"stt", "tt", "so tt"}
_FEWEST_INDICES = 3


@dataclass(frozen=True)
class Formulas:
    """Address of each formula, and whether its last value is known."""

    known: dict[str, bool]

    def note(self, line: Line, notes: Notes) -> None:
        """Name the formulas of a line; a running number may be one without a word."""
        for field, address in line.places.items():
            if address in self.known and field != "number":
                if self.known[address]:
                    said = quoted(line.text(field))
                    notes.add("plan_formula_value_used", line, field, value=said)
                else:
                    notes.block("plan_formula_without_value", line, field)


def read(lines: Sequence[Line], formulas: Formulas, notes: Notes, today: date) -> list[PlanRow]:
    """The rows in order; what is wrong with them goes to the notes."""
    manner = Manner.of(lines, today)
    place, found = Place(), list[tuple[Line, PlanRow]]()
    for line in _without_foot(lines, notes):
        if not (_is_passed_over(line) or _is_section(line, place, notes)):
            formulas.note(line, notes)
            row = _row(line, place, notes)
            if row is not None:
                found.append((line, filled(row, line, manner, notes)))
    _name_twins(found, notes)
    return [row for _, row in found]


# ---------------------------------------------------------------- lines that are no rows


def _without_foot(lines: Sequence[Line], notes: Notes) -> list[Line]:
    """The lines without what stands below a numbered table: signatures, recipients, remarks."""
    numbered = [index for index, line in enumerate(lines) if places.is_marked(line)]
    end = numbered[-1] + 1 if numbered else len(lines)
    while end < len(lines) and not _begins_foot(lines[end]):
        end += 1
    for line in lines[end:]:
        notes.add("plan_row_ignored", line, "title", value=quoted(" ".join(line.loose)))
    return list(lines[:end])


def _begins_foot(line: Line) -> bool:
    return line.is_after_gap and line.has_only("number", "title")


def _is_passed_over(line: Line) -> bool:
    """A heading repeated on the next page, "(1) (2) (3)" below it, sums, and empty numbers."""
    said = [texts.words_of(each.strip("()")) for each in line.loose]
    indices = [str(number) for number in range(1, len(said) + 1)]
    return (
        (len(said) >= _FEWEST_INDICES and said == indices)
        or texts.words_of(line.text("number")) in _REPEATED_HEADINGS
        or texts.words_of(line.text("title") or line.text("number")) in _SUMS
        or (places.is_marked(line) and len(said) == 1 and line.has_only("number"))
    )


def _is_section(line: Line, place: Place, notes: Notes) -> bool:
    strand = places.section_strand(line)
    if strand is not None:
        place.enter(strand)
    elif places.is_section_of_none(line):
        place.enter(None)
        notes.add("plan_section_unknown", line, "title", value=quoted(" ".join(line.loose)))
    elif places.is_caption(line):
        notes.add("plan_row_ignored", line, "number", value=quoted(" ".join(line.loose)))
    else:
        return False
    return True


# ---------------------------------------------------------------- rows


def _row(line: Line, place: Place, notes: Notes) -> PlanRow | None:
    title = texts.without_dash(texts.without_diamond(line.text("title")))
    if not title:
        notes.block("plan_title_missing", line, "title")
        return None
    strand = _strand(line, place, notes)
    kind, parent_row = places.kind_of(line, place)
    if kind is RowKind.MILESTONE:
        title = texts.without_milestone_word(title)
        place.pass_milestone(title, strand)
        return PlanRow(line.number, kind, title, strand)
    place.pass_task(line.number, places.number_of(line), parent_row)
    milestone = places.milestone_of(line, place, strand)
    return PlanRow(line.number, kind, title, strand, milestone=milestone, parent_row=parent_row)


def _strand(line: Line, place: Place, notes: Notes) -> str | None:
    said = line.text("strand")
    strand = strand_of(said) if said else place.strand
    if said and strand is None:
        notes.block("plan_strand_unknown", line, "strand", value=quoted(said))
    elif strand is None:
        notes.block("plan_strand_missing", line, "title")
    return strand


def _name_twins(found: Sequence[tuple[Line, PlanRow]], notes: Notes) -> None:
    """The same title twice in a strand would be the same task twice."""
    first: dict[tuple[object, ...], int] = {}
    for line, row in found:
        keys = [(row.strand, row.kind is RowKind.MILESTONE, row.parent_row, fold(row.title))]
        for key in (*keys, *([("code", row.code)] if row.code else [])):
            if key in first:
                at = "code" if key[0] == "code" else "title"
                notes.block("plan_row_twice", line, at, other=first[key])
                break
            first[key] = row.row
