from datetime import date

from tests import factories as make
from tests.factories import TODAY
from tracker.lib.text import name_sort_key
from tracker.models import Group, Strand
from tracker.queries import choices as read

LONG_AGO = date(2026, 2, 1)


def test_people_stand_in_vietnamese_order_and_those_who_left_only_if_asked_for(db_session):
    gone = make.person(db_session, "Trịnh Văn Xa", valid_to=LONG_AGO)

    names = [one.words for one in read.persons(TODAY)]

    assert names == sorted(names, key=name_sort_key)
    assert "Trịnh Văn Xa" not in names
    assert gone.id in {one.id for one in read.persons(TODAY, also=gone.id)}


def test_members_are_those_of_today(db_session, cast):
    group = db_session.get(Group, cast.groups["HAL"])
    make.membership(db_session, group, make.person(db_session, "Lý Cũ"), ends_on=LONG_AGO)

    ids = {one.id for one in read.members(group, TODAY)}

    posts = ("head", "deputy", "secretary", "member", "observer")
    assert ids == {cast[role].person_id for role in posts}


def test_units_are_told_by_their_short_names_too(db_session):
    make.unit(db_session, "Trung tâm 3", abbreviation="QUATEST 3", name_en="Centre 3")
    make.unit(db_session, "Vụ cũ", valid_to=LONG_AGO)

    assert [one.words for one in read.units(TODAY)] == [
        "Cục Tiêu chuẩn Đo lường Chất lượng",
        "QUATEST 3 – Trung tâm 3",
    ]
    assert read.units(TODAY, code="en")[1].words == "Centre 3"


def test_milestones_are_those_of_the_workstream_in_order(db_session):
    streams = make.whole_group(db_session, "ZET")[1]
    make.milestone(db_session, streams[Strand.METROLOGY], title="Hai", position=2)
    make.milestone(db_session, streams[Strand.METROLOGY], title="Một", position=1)
    make.milestone(db_session, streams[Strand.STANDARDS], title="Khác")

    words = [one.words for one in read.milestones(streams[Strand.METROLOGY])]

    assert words == ["ZET-M2 – Một", "ZET-M1 – Hai"]


def test_only_directors_who_sign_in_are_offered_to_decide(db_session, cast):
    assert [one.words for one in read.directors(TODAY)] == [cast["director"].name]
