"""Who may do what: pure functions of an actor and a thing, and the table they come from."""

from tracker.policies import (
    comments,
    decisions,
    declarations,
    deliverables,
    dependencies,
    directives,
    extension_requests,
    groups,
    imports,
    meetings,
    milestones,
    regimes,
    reports,
    risks,
    table,
    tasks,
)

__all__ = [
    "comments",
    "decisions",
    "declarations",
    "deliverables",
    "dependencies",
    "directives",
    "extension_requests",
    "groups",
    "imports",
    "meetings",
    "milestones",
    "regimes",
    "reports",
    "risks",
    "table",
    "tasks",
]
