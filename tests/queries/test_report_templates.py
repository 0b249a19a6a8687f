from tests.conftest import NOW
from tracker.queries import report_templates as read
from tracker.services import report_templates as do
from tracker.services.act import Act

BY = Act(person_id=None, at=NOW, cause="web")


def test_without_any_there_is_ours(db_session):
    assert (read.listing(), list(read.choices()), read.default_id()) == ([], [], None)


def test_only_those_in_use_are_offered_and_listed_first(db_session, queries):
    for name in ("B", "A", "C"):
        do.use(do.upload(name, f"{name}.docx", name.encode(), by=BY), by=BY)
    do.retire(read.same(next(one.template for one in read.listing()).sha256), by=BY)
    db_session.flush()  # so that reading alone is counted

    with queries() as asked:
        names = [line.template.name for line in read.listing()]
    assert names == ["B", "C", "A"]
    assert len(asked) == 2
    assert [one.words for one in read.choices()] == ["B", "C"]
