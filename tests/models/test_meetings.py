import pytest

from tracker.models import Meeting, MeetingMinutes, MeetingState


@pytest.mark.parametrize(
    ("state", "ahead", "is_open", "issued"),
    [
        (MeetingState.PLANNED, True, False, False),
        (MeetingState.RUNNING, True, True, False),
        (MeetingState.ENDED, False, True, False),
        (MeetingState.ISSUED, False, False, True),
        (MeetingState.CALLED_OFF, False, False, False),
    ],
)
def test_a_meeting_is_open_while_it_runs_and_until_it_is_issued(state, ahead, is_open, issued):
    meeting = Meeting(state=state)

    assert (meeting.is_ahead, meeting.is_open, meeting.is_issued) == (ahead, is_open, issued)


def test_revisions_are_called_one_point_something():
    assert [MeetingMinutes(revision=number).name for number in (0, 1)] == ["1.0", "1.1"]
