"""What the journeys share: patience on a slow machine, and a plan to work on."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import factories as make
from tracker.adapters.clock import now, today
from tracker.models import Strand, TaskStatus
from tracker.services import decisions, deliverables, stages
from tracker.services.act import Act

PATIENCE = 15_000  # ms
PHONE = {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True}


@pytest.fixture(autouse=True)
def patient(context):
    """A busy machine is slow, not broken."""
    expect.set_options(timeout=PATIENCE)
    context.set_default_timeout(PATIENCE)


@pytest.fixture
def quiet(page):
    """The browser has nothing to say against the journey: no error, no warning."""
    said = []

    def hear(message):
        if message.type in {"error", "warning"}:
            said.append(f"{page.url} {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"{page.url} {error}"))
    yield
    assert "\n".join(said) == ""


@pytest.fixture
def plan(set_up, cast):
    """A milestone with three tasks in metrology of HAL; HAL-1 is the member's and is late."""
    with set_up() as session:
        stream = make.stream_of(session, cast, strand=Strand.METROLOGY)
        member = cast["member"].person_id
        goal = make.milestone(
            session,
            stream,
            "Chuẩn quốc gia được phê duyệt",
            baseline=today() + timedelta(days=60),
            forecast=today() + timedelta(days=60),
        )
        late = today() - timedelta(days=3)
        for title, values in (
            ("Hiệu chuẩn thiết bị", {"owner_id": member, "due": late, "forecast": late}),
            ("Mua khí chuẩn", {"status": TaskStatus.DOING, "due": today() + timedelta(days=9)}),
            ("Đào tạo kiểm định viên", {}),
        ):
            make.task(session, stream, title, milestone=goal, **values)
        make.risk(session, stream, owner_id=member, review_on=late)
        question = decisions.Question(
            question="Thuê phòng thử nghiệm nào?",
            options=("Viện 1", "Viện 2"),
            wanted_from_id=cast["director"].person_id,
            wanted_by=today(),
            stalls=(goal,),
        )
        asker = Act(person_id=cast["head"].person_id, at=now(), cause="web")
        decisions.ask(stream.group, question, by=asker)


@pytest.fixture
def deliverable(set_up, cast):
    """HAL-D1, a standard whose comments were asked for twice; the shipped stages are there."""
    with set_up() as session:
        act = Act(person_id=None, at=now(), cause="web")
        stages.start(by=act)
        made = make.deliverable(session, make.stream_of(session, cast), "Thực phẩm Halal")
        for code in ("B3", "B4", "B4"):
            stage = make.stage(session, made.kind, code)
            deliverables.enter(made, stage, on=today(), by=act)
