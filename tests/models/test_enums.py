from tracker.models import Strand, TaskStatus


def test_the_strands_come_in_the_order_of_the_board_and_have_addresses():
    assert [strand.slug for strand in Strand] == [
        "standards",
        "metrology",
        "conformity-assessment",
        "inspection",
    ]


def test_a_task_is_open_until_it_is_finished_or_dropped():
    closed = {status for status in TaskStatus if not status.is_open}

    assert closed == {TaskStatus.DONE, TaskStatus.DROPPED}
