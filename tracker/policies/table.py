"""Who may do what: the table of the product, in its one place. Docs and tests are made from it."""

from enum import StrEnum

from tracker.models.enums import Role, Strand
from tracker.policies.actor import Actor


class Permission(StrEnum):
    """One row of the table."""

    SEE = "see"
    COMMENT = "comment"
    UPDATE_TASK = "update_task"
    CREATE_TASK = "create_task"
    EDIT_TASK = "edit_task"
    APPROVE_TASK = "approve_task"
    MOVE_DATE = "move_date"
    ASK_EXTENSION = "ask_extension"
    ASK_MILESTONE_EXTENSION = "ask_milestone_extension"
    ANSWER_EXTENSION = "answer_extension"
    SHAPE_PLAN = "shape_plan"
    APPROVE_BASELINE = "approve_baseline"
    DECLARE_HEALTH = "declare_health"
    RECORD_RISK = "record_risk"
    EDIT_RISK = "edit_risk"
    WRITE_REPORT = "write_report"
    WRITE_OWED_REPORT = "write_owed_report"
    APPROVE_REPORT = "approve_report"
    ISSUE_REPORT = "issue_report"
    ASK_DECISION = "ask_decision"
    DECIDE = "decide"
    EDIT_DIRECTIVE = "edit_directive"
    HOLD_MEETING = "hold_meeting"
    RECORD_MEETING = "record_meeting"
    ISSUE_MINUTES = "issue_minutes"
    ADD_PEOPLE = "add_people"
    ADMINISTER = "administer"


class Column(StrEnum):
    """One column of the table. Everybody signed in is at least an observer."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    LEAD = "lead"
    SECRETARY = "secretary"
    MEMBER = "member"
    OBSERVER = "observer"


class Reach(StrEnum):
    """How far a permission goes.

    GIVEN_ITEMS needs no post: to own a task, or to share it, is what makes somebody a member as
    far as that task goes. OWN_ITEMS is for those who hold the post in the group.
    """

    NOTHING = "nothing"
    GIVEN_ITEMS = "given_items"
    OWN_ITEMS = "own_items"
    OWN_STRANDS = "own_strands"
    OWN_GROUP = "own_group"
    EVERYTHING = "everything"


_, GIVEN, ITEMS, STRANDS, GROUP, ALL = Reach
P = Permission

COLUMNS = tuple(Column)
TABLE: dict[Permission, tuple[Reach, Reach, Reach, Reach, Reach, Reach]] = {
    #                    administrator, director, lead, secretary, member, observer
    P.SEE: (ALL, ALL, ALL, ALL, ALL, ALL),
    P.COMMENT: (ALL, ALL, ALL, ALL, ALL, ALL),
    P.UPDATE_TASK: (ALL, _, GROUP, GROUP, GIVEN, _),
    P.CREATE_TASK: (ALL, _, GROUP, GROUP, STRANDS, _),
    P.EDIT_TASK: (ALL, _, GROUP, GROUP, ITEMS, _),
    P.APPROVE_TASK: (ALL, ALL, GROUP, GROUP, _, _),
    P.MOVE_DATE: (ALL, ALL, GROUP, GROUP, _, _),
    P.ASK_EXTENSION: (_, _, _, _, GIVEN, _),
    P.ASK_MILESTONE_EXTENSION: (_, _, _, _, STRANDS, _),
    P.ANSWER_EXTENSION: (ALL, ALL, GROUP, GROUP, _, _),
    P.SHAPE_PLAN: (ALL, _, GROUP, GROUP, _, _),
    P.APPROVE_BASELINE: (ALL, ALL, GROUP, _, _, _),
    P.DECLARE_HEALTH: (ALL, _, GROUP, _, _, _),
    P.RECORD_RISK: (ALL, _, GROUP, GROUP, STRANDS, _),
    P.EDIT_RISK: (ALL, _, GROUP, GROUP, ITEMS, _),
    P.WRITE_REPORT: (ALL, _, GROUP, GROUP, _, _),
    P.WRITE_OWED_REPORT: (_, _, _, _, GIVEN, _),
    P.APPROVE_REPORT: (ALL, ALL, GROUP, _, _, _),
    P.ISSUE_REPORT: (ALL, _, GROUP, GROUP, _, _),
    P.ASK_DECISION: (ALL, _, GROUP, GROUP, _, _),
    P.DECIDE: (_, ALL, _, _, _, _),
    P.EDIT_DIRECTIVE: (_, ALL, _, _, _, _),
    P.HOLD_MEETING: (ALL, ALL, GROUP, GROUP, _, _),
    P.RECORD_MEETING: (_, _, _, _, GIVEN, _),
    P.ISSUE_MINUTES: (ALL, _, _, _, GIVEN, _),
    P.ADD_PEOPLE: (ALL, _, GROUP, GROUP, _, _),
    P.ADMINISTER: (ALL, _, _, _, _, _),
}

ROLE_COLUMNS = {
    Role.HEAD: Column.LEAD,
    Role.DEPUTY: Column.LEAD,
    Role.SECRETARY: Column.SECRETARY,
    Role.MEMBER: Column.MEMBER,
    Role.OBSERVER: Column.OBSERVER,
}


def reach(permission: Permission, column: Column) -> Reach:
    """One cell of the table."""
    return TABLE[permission][COLUMNS.index(column)]


def allows(
    actor: Actor,
    permission: Permission,
    *,
    group_id: int | None = None,
    strand: Strand | None = None,
    is_own: bool = False,
) -> bool:
    """Whether one of the actor's columns reaches the thing.

    `is_own` is what "own items" means for the permission: owned by, shared with, created by.
    Whoever was given an item stands in the member's column for it, also from outside the group
    and as an observer; whether they see the group is asked where the item is found.
    """
    if is_own and reach(permission, Column.MEMBER) is Reach.GIVEN_ITEMS:
        return True
    if actor.is_administrator and reach(permission, Column.ADMINISTRATOR) is Reach.EVERYTHING:
        return True
    if actor.is_director and reach(permission, Column.DIRECTOR) is Reach.EVERYTHING:
        return True
    if reach(permission, Column.OBSERVER) is Reach.EVERYTHING:
        return True
    return any(
        _reaches(reach(permission, ROLE_COLUMNS[post.role]), is_own, post.covers(strand))
        for post in actor.posts.get(group_id or 0, ())
    )


def _reaches(cell: Reach, is_own: bool, covers_strand: bool) -> bool:  # noqa: FBT001 - private
    match cell:
        case Reach.EVERYTHING | Reach.OWN_GROUP:
            return True
        case Reach.OWN_STRANDS:
            return covers_strand
        case Reach.OWN_ITEMS | Reach.GIVEN_ITEMS:
            return is_own
    return False


def may_anywhere(actor: Actor, permission: Permission) -> bool:
    """Whether there is any group for which the actor has the permission (own items aside)."""
    return allows(actor, permission) or any(
        allows(actor, permission, group_id=group_id) for group_id in actor.posts
    )
