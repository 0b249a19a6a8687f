"""Who plays in the tests. HAL is their group; SOL is restricted, and its data must never appear.

head, deputy, secretary, member and observer hold these posts in HAL; director and administrator
have no post; outsider is signed in but in no group; sol_head leads SOL.
"""

from dataclasses import dataclass, field

from tests import factories as make
from tracker.models import Role, Strand

PASSWORD = "đúng ngựa pin ghim"
NAMES = {
    "head": "Nguyễn Thị Đào",
    "deputy": "Trần Văn Ân",
    "secretary": "Lê Thị Ánh",
    "member": "Phạm Văn Ổn",
    "observer": "Hoàng Thị Ước",
    "director": "Vũ Đình Đức",
    "administrator": "Đỗ Quang Ấn",
    "outsider": "Bùi Thị Ý",
    "sol_head": "Ngô Văn Kín",
}
POSTS = {
    "head": Role.HEAD,
    "deputy": Role.DEPUTY,
    "secretary": Role.SECRETARY,
    "member": Role.MEMBER,
    "observer": Role.OBSERVER,
}


@dataclass(frozen=True)
class Player:
    """A person who can sign in, by ids and texts that need no session."""

    name: str
    email: str
    person_id: int
    account_id: int


@dataclass(frozen=True)
class Cast:
    """The ids of everybody and everything the play starts with."""

    players: dict[str, Player]
    groups: dict[str, int] = field(default_factory=dict)
    workstreams: dict[tuple[str, Strand], int] = field(default_factory=dict)
    unit_id: int = 0
    secret_task_id: int = 0
    secret_milestone_id: int = 0

    def __getitem__(self, role: str) -> Player:
        return self.players[role]


def enter(session) -> Cast:
    """Put the cast into an empty, migrated database."""
    unit = make.unit(session, "Cục Tiêu chuẩn Đo lường Chất lượng")
    people = {
        role: make.account(
            session,
            name,
            email=f"{role.replace('_', '-')}@example.test",
            password=PASSWORD,
            unit=unit,
            is_director=role == "director",
            is_administrator=role == "administrator",
        )
        for role, name in NAMES.items()
    }
    hal = make.group(session, "HAL", "Tổ công tác Hal")
    sol = make.group(session, "SOL", "Tổ công tác mật Sol", is_restricted=True)
    for role, post in POSTS.items():
        make.membership(session, hal, people[role].person, post)
    make.membership(session, sol, people["sol_head"].person, Role.HEAD)
    streams = {
        (group.key, strand): make.workstream(session, group, strand)
        for group in (hal, sol)
        for strand in Strand
    }
    secret = streams["SOL", Strand.STANDARDS]
    milestone = make.milestone(session, secret, title="Mốc mật của Sol")
    task = make.task(session, secret, title="Nhiệm vụ mật của Sol", milestone=milestone)
    return Cast(
        players={
            role: Player(account.person.full_name, account.email, account.person_id, account.id)
            for role, account in people.items()
        },
        groups={group.key: group.id for group in (hal, sol)},
        workstreams={key: stream.id for key, stream in streams.items()},
        unit_id=unit.id,
        secret_task_id=task.id,
        secret_milestone_id=milestone.id,
    )
