from tests import factories as make
from tracker.models import Confirmation, Person
from tracker.services import bulk


def row(number):
    return {"full_name": f"Người {number}", "sort_key": f"{number:05}", "folded": f"nguoi {number}"}


def test_numbered_rows_give_their_ids_in_the_order_they_were_given(db_session):
    wanted = [row(number) for number in range(bulk.AT_ONCE + 3, 0, -1)]

    ids = bulk.insert_numbered(Person, wanted)

    names = {person.id: person.full_name for person in db_session.query(Person)}
    assert [names[id_] for id_ in ids] == [values["full_name"] for values in wanted]


def test_no_rows_are_no_statement(db_session):
    assert bulk.insert_numbered(Person, []) == []
    bulk.insert_rows(Person, [])


def test_rows_are_stored(db_session):
    person = make.person(db_session, "Lê Thị Bích")

    bulk.insert_rows(Confirmation, [{"person_id": person.id, "at": make.AGES_AGO}] * 3)

    assert db_session.query(Confirmation).count() == 3
