"""Who may do what: pure functions of an actor and a thing, and the table they come from."""

from tracker.policies import comments, groups, milestones, reports, table, tasks

__all__ = ["comments", "groups", "milestones", "reports", "table", "tasks"]
