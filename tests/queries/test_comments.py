from tests import factories as make
from tracker.models import Comment, Strand
from tracker.policies.actor import Actor
from tracker.queries import comments as read

STRANGER = Actor(person_id=0, person_name="Người lạ")


def test_a_comment_leads_to_what_it_is_about_if_that_may_be_seen(db_session, cast):
    stream = make.whole_group(db_session, "ZET")[1][Strand.METROLOGY]
    task, milestone = make.task(db_session, stream), make.milestone(db_session, stream)
    author = cast["member"].person_id
    about_task, about_milestone, secret = (
        make.add(db_session, Comment(author_id=author, body="x", at=make.AGES_AGO, **about))
        for about in (
            {"task_id": task.id},
            {"milestone_id": milestone.id},
            {"task_id": cast.secret_task_id},
        )
    )

    assert read.find(about_task.id).author.full_name == "Phạm Văn Ổn"
    assert read.thing_of(STRANGER, about_task) is task
    assert read.thing_of(STRANGER, about_milestone) is milestone
    assert read.thing_of(STRANGER, secret) is None
    assert read.find(10**6) is None
