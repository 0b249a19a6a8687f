import pytest

from tests.conftest import NOW
from tracker.models import Import, ImportGroup, Role
from tracker.policies import imports
from tracker.policies.actor import Actor, Post

ADMINISTRATOR = Actor(person_id=1, person_name="x", is_administrator=True)
HAL, SOL = 1, 2


def holding(role, *group_ids, person_id=5):
    posts = {group_id: (Post(role),) for group_id in group_ids}
    return Actor(person_id=person_id, person_name="x", posts=posts)


def test_one_reads_an_import_who_shapes_every_plan_it_is_for():
    import_ = Import(group_id=HAL, person_id=9)

    assert imports.read(holding(Role.SECRETARY, HAL), import_, [HAL])
    assert imports.read(holding(Role.HEAD, HAL, SOL), import_, [HAL, SOL])
    assert imports.read(ADMINISTRATOR, import_, [HAL, SOL])
    assert not imports.read(holding(Role.HEAD, HAL), import_, [HAL, SOL])
    assert not imports.read(holding(Role.HEAD, SOL), import_, [])
    assert not imports.read(holding(Role.MEMBER, HAL), import_, [HAL])


def test_an_import_for_no_group_yet_is_its_bringers():
    import_ = Import(group_id=None, person_id=5)

    assert imports.read(holding(Role.MEMBER), import_, [])
    assert imports.read(ADMINISTRATOR, import_, [])
    assert not imports.read(holding(Role.MEMBER, person_id=6), import_, [])


@pytest.mark.parametrize("role", ["head", "sol_head", "administrator", "member", "director"])
def test_the_list_holds_exactly_what_may_be_read(db_session, cast, role):
    hal, sol = cast.groups["HAL"], cast.groups["SOL"]
    stored = {}
    for start in (hal, sol, None):
        for groups in ((), (hal,), (sol,), (hal, sol)):
            for person in ("head", "sol_head", None):
                import_ = Import(
                    group_id=start,
                    file_name="x",
                    sha256="x",
                    plan={},
                    answers={},
                    counts={},
                    person_id=cast[person].person_id if person else None,
                    created_at=NOW,
                )
                db_session.add(import_)
                db_session.flush()
                db_session.add_all(ImportGroup(import_id=import_.id, group_id=g) for g in groups)
                stored[import_] = groups
    posts = {"head": {hal: (Post(Role.HEAD),)}, "sol_head": {sol: (Post(Role.HEAD),)}}
    posts["member"] = {hal: (Post(Role.MEMBER),)}
    actor = Actor(
        person_id=cast[role].person_id,
        person_name="x",
        posts=posts.get(role, {}),
        is_administrator=role == "administrator",
        is_director=role == "director",
    )

    listed = set(db_session.query(Import).filter(imports.listed_for(actor)))

    assert listed == {one for one, groups in stored.items() if imports.read(actor, one, groups)}
