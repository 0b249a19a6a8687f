"""Who may do what: pure functions of an actor and a thing, and the table they come from."""

from tracker.policies import (
    comments,
    deliverables,
    dependencies,
    extension_requests,
    groups,
    imports,
    milestones,
    reports,
    table,
    tasks,
)

__all__ = [
    "comments",
    "deliverables",
    "dependencies",
    "extension_requests",
    "groups",
    "imports",
    "milestones",
    "reports",
    "table",
    "tasks",
]
