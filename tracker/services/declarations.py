"""Declaring how a workstream stands: what its lead says beside what is computed."""

from tracker.errors import RuleViolationError
from tracker.lib.health import Health, missing
from tracker.models import Declaration, Workstream
from tracker.queries import declarations as read
from tracker.services import history
from tracker.services.act import Act


def declare(
    workstream: Workstream,
    health: Health,
    *,
    sentence: str,
    recovery: str = "",
    by: Act,
    seen: int | None = None,
) -> Declaration:
    """Say how the workstream stands, always with a sentence.

    What is late, by the plan or by the lead, needs a line on how the delay is made up. `seen` is
    the declaration that was shown with the form, 0 for none: one made since is not passed over.
    """
    last = read.current([workstream.id]).get(workstream.id)
    if seen is not None and seen != (last.id if last else 0):
        raise RuleViolationError("declared_meanwhile", person=last.by_name if last else "")
    computed = read.computed(workstream, by.today).health
    for code in missing(health, computed, sentence, recovery):
        raise RuleViolationError(code)
    declaration = Declaration(
        workstream=workstream,
        health=health,
        computed=computed,
        sentence=sentence.strip(),
        recovery=recovery.strip(),
        person_id=by.person_id,
        at=by.at,
    )
    history.created(declaration, by=by)
    return declaration


def confirm(workstream: Workstream, *, seen: int, by: Act) -> Declaration:
    """Say the last declaration again ("vẫn đúng"); it must be the one that was `seen`.

    Where the plan has got worse than it, what was said then does not explain it any more.
    """
    last = read.current([workstream.id]).get(workstream.id)
    if last is None:
        raise RuleViolationError("nothing_declared")
    if not last.still_explains(read.computed(workstream, by.today).health):
        raise RuleViolationError("better_sentence_needed")
    return declare(
        workstream,
        last.health,
        sentence=last.sentence,
        recovery=last.recovery,
        by=by,
        seen=seen,
    )
