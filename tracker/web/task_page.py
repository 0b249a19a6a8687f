"""What the templates of a task take, wherever a task is shown."""

from flask import url_for

from tracker.forms.comments import CommentForm
from tracker.forms.dependencies import DependencyForm
from tracker.lib.risk import Impact, Likelihood
from tracker.models import Deliverable, Milestone, Risk, Task, TaskStatus
from tracker.queries import (
    deliverables,
    dependencies,
    milestones,
    plan,
    recurrences,
    risks,
    stream,
    tasks,
)
from tracker.web import (
    clock,
    decision_page,
    directive_page,
    extension_page,
    language,
    plan_page,
)
from tracker.web.authorization import actor
from tracker.web.responses import behind


def facts(task: Task) -> dict[str, object]:
    """For `tasks/_facts.html` and `tasks/_parts.html`."""
    return {
        "task": task,
        "details": tasks.details(task, clock.today()),
        **extension_page.of_item(task),
        "decisions": decision_page.of_item(task),
        "blockers": risks.of_item(task),
        "belonging": recurrences.of_task(task, clock.today()),
        **directive_page.of_task(task),
        "statuses": list(TaskStatus),
    }


def talk(
    thing: Task | Milestone | Deliverable | Risk, form: CommentForm | None = None
) -> dict[str, object]:
    """For `comments/_stream.html`."""
    return {
        "thing": thing,
        "entries": stream.of(thing, language.current()),
        "form": form or CommentForm(formdata=None),
        "said_to": url_for("comments.create", kind=type(thing).__name__.lower(), code=thing.code),
    }


def waits(thing: Task | Milestone) -> dict[str, object]:
    """For `dependencies/_waits.html`."""
    return {
        "waits": dependencies.waits(actor(), thing, clock.today()),
        "wait_form": DependencyForm(formdata=None),
    }


def sheet(task: Task, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole task, as a page or in the drawer."""
    return {**facts(task), **talk(task, form), **waits(task)}


def row(task: Task) -> dict[str, object]:
    """For `tasks/_row.html` and `tasks/_card.html`."""
    return {"row": plan.task_row(actor(), task.code, clock.today())}


def changed(task: Task) -> dict[str, object]:
    """For an answer that also brings what else the page may have: row, card and counts."""
    return {**sheet(task), **row(task), **plan_page.beside(task)}


def row_changed(task: Task) -> dict[str, object]:
    """For `tasks/changed_row.html`; an open drawer that shows the task or its milestone follows."""
    return {**row(task), **plan_page.beside(task), **_drawer(task, task.milestone)}


def milestone_facts(milestone: Milestone) -> dict[str, object]:
    """For `milestones/_facts.html` and `milestones/_tasks.html`."""
    return {
        "milestone": milestone,
        "details": milestones.details(milestone, clock.today()),
        **extension_page.of_item(milestone),
        "decisions": decision_page.of_item(milestone),
        "blockers": risks.of_item(milestone),
    }


def milestone_sheet(milestone: Milestone, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole milestone, as a page or in the drawer."""
    return {**milestone_facts(milestone), **talk(milestone, form), **waits(milestone)}


def milestone_changed(milestone: Milestone) -> dict[str, object]:
    """For an answer that also brings the heading of its list."""
    return {**milestone_sheet(milestone), **plan_page.beside(milestone)}


def head_changed(milestone: Milestone) -> dict[str, object]:
    """For `milestones/changed_head.html`; an open drawer that shows the milestone follows."""
    return {**plan_page.beside(milestone), **_drawer(milestone)}


def _drawer(*things: Task | Milestone | None) -> dict[str, object]:
    """The drawer made anew, where it shows one of the things."""
    path = behind().path
    for thing in things:
        if thing is not None and path == address_of(thing):
            kind = type(thing).__name__.lower()
            return {"drawer": f"{kind}s/_drawer_beside.html", **sheet_of(thing)}
    return {"drawer": ""}


def deliverable_facts(deliverable: Deliverable) -> dict[str, object]:
    """For `deliverables/_facts.html`, `_route.html` and `_milestones.html`."""
    found = deliverables.details(deliverable, clock.today())
    return {"deliverable": deliverable, "details": found}


def deliverable_sheet(
    deliverable: Deliverable, form: CommentForm | None = None
) -> dict[str, object]:
    """For the whole deliverable, as a page or in the drawer."""
    return {**deliverable_facts(deliverable), **talk(deliverable, form)}


def risk_sheet(risk: Risk, form: CommentForm | None = None) -> dict[str, object]:
    """For the whole difficulty or risk, as a page or in the drawer."""
    return {
        "risk": risk,
        "steps": (
            Likelihood(risk.likelihood) if risk.likelihood else None,
            Impact(risk.impact) if risk.impact else None,
        ),
        "blocked": risks.blocked(risk),
        "is_due": risks.is_due(risk, clock.today()),
        **talk(risk, form),
    }


def sheet_of(
    thing: Task | Milestone | Deliverable | Risk, form: CommentForm | None = None
) -> dict[str, object]:
    """For the whole thing, whichever it is."""
    match thing:
        case Task():
            return sheet(thing, form)
        case Milestone():
            return milestone_sheet(thing, form)
        case Risk():
            return risk_sheet(thing, form)
    return deliverable_sheet(thing, form)


def address_of(thing: Task | Milestone) -> str:
    """The page of the thing."""
    return url_for(f"{type(thing).__name__.lower()}s.show", code=thing.code)


def place_of(thing: Task | Milestone, anchor: str = "") -> str:
    """The list in which the thing stands."""
    slug = thing.workstream.strand.slug
    address = url_for("groups.workstream", key=thing.group.key, slug=slug)
    return f"{address}#{anchor}" if anchor else address
