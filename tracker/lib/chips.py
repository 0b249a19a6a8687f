"""Facts in a text that people type: «[[HAL-47: thời hạn]]» stands for what the plan says of it.

A chip names a subject (a task, a milestone, a strand, a group; none is the whole report) and a
measure (none is the name of the subject). Both may be typed in either language, without marks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.lib.text import fold

# What can be said of a subject, as it is typed in Vietnamese and in English.
MEASURES: dict[str, tuple[str, str]] = {
    "total": ("tổng số", "total"),
    "done": ("hoàn thành", "completed"),
    "done_on_time": ("hoàn thành đúng hạn", "completed on time"),
    "done_late": ("hoàn thành quá hạn", "completed late"),
    "open_on_time": ("trong hạn", "within the deadline"),
    "open_overdue": ("quá hạn", "overdue"),
    "fell_due": ("đến hạn", "fell due"),
    "completed_share": ("tỷ lệ hoàn thành", "completion rate"),
    "overdue_share": ("tỷ lệ quá hạn", "overdue rate"),
    "dropped": ("dừng thực hiện", "cancelled"),
    "finished": ("hoàn thành trong kỳ", "completed in the period"),
    "reached": ("mốc đạt được", "milestones reached"),
    "slips": ("lần dời ngày", "dates moved"),
    "difficulties": ("đang vướng mắc", "blocked"),
    "upcoming": ("đến hạn kỳ tới", "due next period"),
    "coverage": ("đã xác nhận", "confirmed"),
    "cut_off": ("ngày chốt số liệu", "cut-off day"),
    "title": ("tên", "title"),
    "due": ("thời hạn", "due"),
    "baseline": ("kế hoạch", "baseline"),
    "forecast": ("dự kiến", "forecast"),
    "finished_on": ("ngày hoàn thành", "finished on"),
    "slip": ("độ lệch", "slip"),
    "owner": ("người phụ trách", "owner"),
    "unit": ("đơn vị chủ trì", "lead unit"),
    "status": ("trạng thái", "status"),
    "progress": ("tiến độ", "progress"),
    "health": ("tình trạng", "health"),
    "declared": ("tổ tự đánh giá", "declared"),
    "next_milestone": ("mốc tiếp theo", "next milestone"),
}
# The whole report at the end of the period before, as a subject.
BEFORE = ("kỳ trước", "period before")

_CHIP = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_MEASURES = {fold(word): code for code, words in MEASURES.items() for word in words}


@dataclass(frozen=True)
class Chip:
    """A fact that is asked for. `subject` is folded; `measure` is a code of MEASURES or empty."""

    subject: str = ""
    measure: str = ""

    @property
    def key(self) -> str:
        """What its value is kept by."""
        return f"{self.subject}:{self.measure}"


@dataclass(frozen=True)
class Part:
    """A piece of a typed text; `chip` where it is one, and the measure one that we know."""

    text: str
    chip: Chip | None = None


def read(inside: str) -> Chip | None:
    """What stands between the brackets; None where such a measure is not known."""
    subject, colon, measure = (fold(part) for part in inside.partition(":"))
    if not colon:
        subject, measure = ("", subject) if subject in _MEASURES else (subject, "")
    if measure and measure not in _MEASURES:
        return None
    return Chip(subject, _MEASURES.get(measure, ""))


def written(measure: str, subject: str = "", *, code: str = "vi") -> str:
    """A chip as it is typed in that language: «[[HAL-47: thời hạn]]»."""
    word = MEASURES[measure][code == "en"] if measure else ""
    return f"[[{': '.join(part for part in (subject, word) if part)}]]"


def parts(text: str) -> Iterator[Part]:
    """The text cut at its chips; put together again it is the same."""
    end = 0
    for match in _CHIP.finditer(text):
        if match.start() > end:
            yield Part(text[end : match.start()])
        yield Part(match[0], read(match[1]) or Chip(fold(match[1]), "?"))
        end = match.end()
    if end < len(text):
        yield Part(text[end:])


def asked(texts: Iterable[str]) -> list[Chip]:
    """The chips of the texts, each once, in the order in which they stand."""
    found = (part.chip for text in texts for part in parts(text))
    return list(dict.fromkeys(chip for chip in found if chip))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with the values, by key, in place of its chips; one without a value stays."""
    return "".join(
        values.get(part.chip.key, part.text) if part.chip else part.text for part in parts(text)
    )
