import pytest

from tests import factories
from tests import meetings as make
from tracker.lib.agenda import Subject
from tracker.models import Strand
from tracker.policies.actor import Actor
from tracker.queries import meetings
from tracker.web.meeting_screen import Desk

MEMBER = Actor(person_id=10**6, person_name="Người lạ")


@pytest.fixture
def desk(app, db_session, cast, clock):
    stream = factories.stream_of(db_session, cast)
    meeting = make.running(cast)
    question = make.asked(cast, stream)
    db_session.commit()

    def at(kind="", number=0):
        subject = Subject(kind, number or {"decision": question.id}.get(kind, stream.id))
        return Desk(meetings.find(MEMBER, meeting.id), subject if kind else Subject())

    with app.test_request_context("/"):
        yield at


def test_on_a_question_its_options_are_offered_with_the_one_recommended(desk):
    form = desk("decision").form("decision")

    assert [words for _place, words in form.chosen.choices] == ["Viện 1", "Viện 2"]
    assert (form.chosen.data, form.asked.data) == (0, desk("decision").question.version)
    assert "workstream_id" not in form


def test_on_a_workstream_it_is_chosen_already_among_those_of_its_group(desk, cast):
    form = desk("workstream").form("directive")

    assert form.workstream_id.data == cast.workstreams["HAL", Strand.METROLOGY]
    assert len(form.workstream_id.choices) == 4
    assert desk("workstream").question is None


def test_what_is_hidden_has_no_place_and_no_question(desk, cast):
    secret = desk("workstream", cast.workstreams["SOL", Strand.STANDARDS])

    assert (secret.place, desk().place) == ((None, None), (None, None))
    assert desk("decision", 10**6).question is None
