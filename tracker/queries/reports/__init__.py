"""Reports: the list of those that were written, and the facts a new one says."""

from tracker.queries.reports.building import build
from tracker.queries.reports.listing import (
    PAGE,
    Filters,
    Line,
    Lines,
    draft_of,
    file,
    files,
    find,
    lines,
)

__all__ = [
    "PAGE",
    "Filters",
    "Line",
    "Lines",
    "build",
    "draft_of",
    "file",
    "files",
    "find",
    "lines",
]
