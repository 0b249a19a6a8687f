from flask_login import login_user

from tests import factories as make
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import accounts, milestones, tasks
from tracker.web import task_page
from tracker.web.session import SignedIn

STRANGER = Actor(person_id=0, person_name="Người lạ")


def test_a_thing_leads_to_its_list_and_its_talk(app, set_up, cast):
    with set_up() as session:
        stream = make.whole_group(session, "ZET")[1][Strand.CONFORMITY_ASSESSMENT]
        make.task(session, stream)
        make.milestone(session, stream)
    with app.test_request_context():
        login_user(SignedIn(accounts.find(cast["observer"].account_id)))
        task, milestone = tasks.find(STRANGER, "ZET-1"), milestones.find(STRANGER, "ZET-M1")

        assert task_page.place_of(task, "task-ZET-1") == (
            "/groups/ZET/conformity-assessment#task-ZET-1"
        )
        assert task_page.sheet_of(task)["said_to"] == "/tasks/ZET-1/comments"
        assert task_page.sheet_of(milestone)["said_to"] == "/milestones/ZET-M1/comments"
        assert task_page.sheet_of(milestone)["thing"] is milestone
