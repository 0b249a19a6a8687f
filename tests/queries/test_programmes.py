"""What the lists show is tested with the services that fill them (tests/services)."""

import pytest

from tests import factories as make
from tests.services.acts import BY
from tracker.queries import programmes as read
from tracker.services import programmes

pytestmark = pytest.mark.blank


def test_programmes_without_groups_are_not_in_use(db_session):
    hal, sol = (make.group(db_session, key, key).id for key in ("HAL", "SOL"))
    programmes.create(name="Trống", by=BY)
    full = programmes.create(name="Hội nhập", groups=[sol, hal], by=BY)

    assert read.in_use() == [(full, frozenset({hal, sol}))]
    assert sorted(read.group_ids(full)) == [hal, sol]
    assert [group.key for group in read.choices()] == ["HAL", "SOL"]
    assert read.find(full.id) is full
