"""Who hears of a change by mail. Writes promises to the outbox; `jobs.mail` keeps them.

A promise holds ids only: the mail is written when it is sent, from what is then true, and not
sent at all when it no longer is. All that is due for a person goes in one mail.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select

from tracker.extensions import db
from tracker.models import Account, Membership, Role, Task
from tracker.queries import outbox as read
from tracker.services import outbox
from tracker.services.act import Act

INVITATION = "mail.invitation"
ASSIGNED = "mail.assigned"
APPROVAL = "mail.approval"
MAILS = (INVITATION, ASSIGNED, APPROVAL)

# Plans that are only shown, or taken back, are no news to anybody.
SILENT = ("demo", "undo")
APPROVERS = (Role.HEAD, Role.DEPUTY, Role.SECRETARY)


def announce_assignment(task: Task, old_owner_id: object, *, by: Act) -> None:
    """Tell the new owner, unless they gave themselves the task."""
    owner_id = task.owner_id
    if owner_id is None or owner_id in {old_owner_id, by.person_id} or _is_silent(by):
        return
    if read.reader(owner_id) is None:
        return
    _promise(ASSIGNED, task, owner_id, by=by)


def announce_assignments(tasks: Sequence[Task], *, by: Act) -> None:
    """Tell the owners of many new tasks, each once in one mail; finished tasks are no news."""
    if _is_silent(by):
        return
    readers = set(
        db.session.scalars(
            select(Account.person_id).where(Account.is_active, Account.is_demo.is_(False))
        )
    ) - {by.person_id}
    for task in tasks:
        if task.owner_id in readers and task.status.is_open:
            _promise(ASSIGNED, task, task.owner_id, by=by)


def announce_approval_wanted(task: Task, *, by: Act) -> None:
    """Tell those who may approve in the group that a task waits for them."""
    if _is_silent(by):
        return
    approvers = db.session.scalars(
        select(Membership.person_id)
        .join(Account, Account.person_id == Membership.person_id)
        .where(
            Membership.group_id == task.group_id,
            Membership.role.in_(APPROVERS),
            Membership.starts_on <= by.today,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= by.today),
            Account.is_active,
            Account.is_demo.is_(False),
        )
        .distinct()
    )
    for person_id in approvers:
        if person_id != by.person_id:
            _promise(APPROVAL, task, person_id, by=by)


def announce_invitation(account: Account, *, by: Act, purpose: str = "invite") -> None:
    """Send the person a link to set a password (`invite`) or a new one (`reset`).

    The secret of the link is made when the mail is sent, so that it is stored nowhere.
    """
    outbox.put(
        INVITATION,
        f"{INVITATION}:{purpose}:{account.id}:{by.at.isoformat()}",
        {"account_id": account.id, "purpose": purpose, "by": by.person_id},
        at=by.at,
    )


def _promise(kind: str, task: Task, person_id: int, *, by: Act) -> None:
    db.session.flush()  # a new task needs its id
    outbox.put(
        kind,
        f"{kind}:{task.id}:{person_id}:{by.at.isoformat()}",
        {"task_id": task.id, "person_id": person_id, "by": by.person_id},
        at=by.at,
    )


def _is_silent(by: Act) -> bool:
    return by.cause.partition(":")[0] in SILENT
