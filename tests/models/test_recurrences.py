from tracker.lib.recurrence import Anchor, Frequency, Rule, Shift
from tracker.models import Recurrence


def test_a_recurrence_knows_its_rule_and_its_name():
    recurrence = Recurrence(
        title="Báo cáo quý {kỳ}",
        frequency=Frequency.QUARTERLY,
        anchor=Anchor.LAST_WORKING_DAY,
        month=3,
        shift=Shift.PREVIOUS,
    )

    assert recurrence.name == "Báo cáo quý …"
    assert recurrence.rule == Rule(
        frequency=Frequency.QUARTERLY,
        anchor=Anchor.LAST_WORKING_DAY,
        month=3,
        shift=Shift.PREVIOUS,
    )
