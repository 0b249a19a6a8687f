from tests import factories as make
from tracker.services import numbering


def test_each_group_and_kind_counts_for_itself_and_never_reuses(db_session):
    zet, ion = (make.group(db_session, key) for key in ("ZET", "ION"))

    given = [
        numbering.next_code(zet, numbering.TASK),
        numbering.next_code(zet, numbering.TASK),
        numbering.next_code(zet, numbering.MILESTONE),
        numbering.next_code(zet, numbering.DELIVERABLE),
        numbering.next_code(ion, numbering.TASK),
        numbering.next_code(zet, numbering.TASK),
    ]

    assert given == ["ZET-1", "ZET-2", "ZET-M1", "ZET-D1", "ION-1", "ZET-3"]
