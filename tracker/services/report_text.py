"""What can be done with the text of a report: write in it, several people at once."""

from collections.abc import Iterable, Iterator, Mapping

from tracker.errors import RuleViolationError, StaleError
from tracker.models import Change, Report
from tracker.queries import history as read
from tracker.queries.report_facts import SECTIONS, in_english
from tracker.services import history, report_search
from tracker.services.act import Act

TEXTS = (*SECTIONS, *map(in_english, SECTIONS))
LONGEST_SECTION = 20_000


def write(
    report: Report, narrative: Mapping[str, str], *, by: Act, seen: Mapping[str, int] | None = None
) -> list[str]:
    """Keep what was typed, text by text; returns those that changed.

    `seen` says which version of the report each text was typed over. Who changes a text that
    somebody else has changed since is asked (`StaleError`); one left as it was does not undo what
    others wrote.
    """
    if not report.state.is_open:
        raise RuleViolationError("report_closed")
    typed = {name: text for name, text in narrative.items() if name in TEXTS}
    for name, text in typed.items():
        if len(text) > LONGEST_SECTION:
            raise RuleViolationError("section_too_long", section=name, longest=LONGEST_SECTION)
    wanted = _merged(report, typed, seen or {}, by)
    changed = [name for name, text in wanted.items() if text != report.narrative.get(name, "")]
    for name in changed:
        old, new = {name: report.narrative.get(name, "")}, {name: wanted[name]}
        report.narrative = {**report.narrative, **new}
        history.record(report, "narrative", old, new, by=by)
    if changed:
        report.updated_at = by.at
        report_search.refold(report)
    return changed


def _merged(
    report: Report, typed: Mapping[str, str], seen: Mapping[str, int], by: Act
) -> Mapping[str, str]:
    """Without the texts left as they were; one that two people changed raises."""
    oldest = min(seen.values(), default=report.version)
    changes = read.since_version("report", report.id, oldest) if oldest < report.version else ()
    stored = {name: report.narrative.get(name, "") for name in typed}
    wanted: dict[str, str] = {}
    conflicts: dict[str, tuple[object, object]] = {}
    for name, text in typed.items():
        known, by_others = _since(changes, name, seen.get(name, report.version), by)
        if text in known or text == stored[name]:
            continue
        if by_others:
            conflicts[name] = stored[name], text
        else:
            wanted[name] = text
    if conflicts:
        kept: dict[str, object] = {n: stored[n] for n in typed if n not in {*wanted, *conflicts}}
        raise StaleError(conflicts, kept)
    return wanted


def _since(changes: Iterable[Change], name: str, seen: int, by: Act) -> tuple[set[str], bool]:
    """The texts that a person had before them since that version, and whether others wrote.

    What a person stored is no change of others: answers may be overtaken on the way.
    """
    later = [
        (old, new, by.person_id is not None and change.person_id == by.person_id)
        for change in changes
        for old, new in _texts(change, name)
        if (change.version or 0) > seen
    ]
    by_others = not all(is_own for _old, _new, is_own in later)
    own = {new for _old, new, is_own in later if is_own and by_others}
    return {old for old, _new, _is_own in later[:1]} | own, by_others


def _texts(change: Change, name: str) -> Iterator[tuple[str, str]]:
    """The text of that name before and after the change, where it is one of it."""
    old, new = change.old, change.new
    if change.field == "narrative" and isinstance(old, dict) and isinstance(new, dict):
        yield from [(old[name], new[name])] if name in old else []
