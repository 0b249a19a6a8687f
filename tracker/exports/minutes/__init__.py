"""Minutes as files: the conclusion notice (Thông báo kết luận) of a meeting."""

from tracker.exports.minutes.paper import conclusions, paper
from tracker.exports.report import docx
from tracker.queries.minutes_facts import MinutesFacts
from tracker.words import Language

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(facts: MinutesFacts, lang: Language) -> bytes:
    """The Word file; the same facts give the same bytes."""
    return docx.write(paper(facts, lang))


def lines(facts: MinutesFacts, lang: Language) -> list[str]:
    """Every conclusion and every assignment as one line, to be compared with another revision."""
    return list(conclusions(facts, lang))


__all__ = ["CONTENT_TYPE", "lines", "paper", "render"]
