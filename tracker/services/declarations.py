"""Declaring how a workstream stands: what its lead says beside what is computed."""

from tracker.errors import RuleViolationError
from tracker.lib.health import Health
from tracker.models import Declaration, Workstream
from tracker.queries import declarations as read
from tracker.services import history
from tracker.services.act import Act


def declare(
    workstream: Workstream, health: Health, *, sentence: str, recovery: str = "", by: Act
) -> Declaration:
    """Say how the workstream stands, always with a sentence.

    What is late, by the plan or by the lead, needs a line on how the delay is made up.
    """
    computed = read.computed(workstream, by.today).health
    sentence, recovery = sentence.strip(), recovery.strip()
    if health is Health.NO_PLAN:
        raise RuleViolationError("declared_no_plan")
    if not sentence:
        raise RuleViolationError(
            "better_sentence_needed" if health.better_than(computed) else "declared_sentence_needed"
        )
    if Health.LATE in {health, computed} and not recovery:
        raise RuleViolationError("recovery_needed")
    declaration = Declaration(
        workstream=workstream,
        health=health,
        computed=computed,
        sentence=sentence,
        recovery=recovery,
        person_id=by.person_id,
        at=by.at,
    )
    history.created(declaration, by=by)
    return declaration


def confirm(workstream: Workstream, *, seen: int | None, by: Act) -> Declaration:
    """Say the last declaration again ("vẫn đúng"); it must be the one that was `seen`.

    Where the plan has got worse than it, what was said then does not explain it any more.
    """
    last = read.current([workstream.id]).get(workstream.id)
    if last is None:
        raise RuleViolationError("nothing_declared")
    if last.id != seen:
        raise RuleViolationError("declared_meanwhile", person=last.by_name)
    computed = read.computed(workstream, by.today).health
    if last.is_better_than(computed) and computed is not last.computed:
        raise RuleViolationError("better_sentence_needed")
    return declare(workstream, last.health, sentence=last.sentence, recovery=last.recovery, by=by)
