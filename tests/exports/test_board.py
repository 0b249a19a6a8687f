import re
from datetime import date, timedelta

import pytest

from tests.factories import TODAY
from tracker.exports import board as paper
from tracker.lib.health import Health, MilestoneFact, TaskFact, Thresholds, gather, judge
from tracker.lib.workdays import Calendar
from tracker.models import Strand
from tracker.queries.board import Cell, Filters, Row
from tracker.queries.portfolio import Bundle, Portfolio, Section
from tracker.queries.standings import Standing
from tracker.words import language

DAY = date(2026, 11, 23)


def standing(number):
    """Late, at risk, on track by turns; nobody has confirmed the first since long ago."""
    slip = (41, 12, 0)[number % 3]
    baseline = DAY + timedelta(days=20 + number)
    milestone = MilestoneFact(
        f"G{number}-M1",
        "Ban hành quy trình thử nghiệm độ bền của thiết bị đo lường",
        baseline=baseline,
        forecast=baseline + timedelta(days=slip),
        confirmed_on=DAY - timedelta(days=300 if number % 3 == 0 else 1),
    )
    task = TaskFact(f"G{number}-1", "doing", due=DAY + timedelta(days=9), confirmed_on=DAY)
    facts = gather([task], [milestone])
    return Standing(judge(facts, DAY, Thresholds(), Calendar()), facts.milestones)


def row(number):
    return Row(
        id=number,
        key=f"G{number}",
        name=f"Vật liệu chống cháy {number}",
        name_en=f"Fire-resistant materials {number}",
        is_restricted=False,
        lead_id=1,
        lead="Nguyễn Thị Ước",
        people=9,
        cells=tuple(
            Cell(f"G{number}", strand, standing(number + n)) for n, strand in enumerate(Strand)
        ),
    )


def sheet(number, *, bundles=0):
    rows = tuple(row(one) for one in range(number))
    if not bundles:
        lead = Bundle(1, "Nguyễn Thị Ước", frozenset(range(number)))
        asked = Filters(health=Health.LATE, lead=1, overdue=True)
        return paper.Sheet(TODAY, [Section(None, rows)], asked, Portfolio(leads=(lead,)))
    sections = [
        Section(Bundle(n, f"Chương trình {n}", frozenset()), rows[n::bundles])
        for n in range(bundles)
    ]
    return paper.Sheet(TODAY, sections)


@pytest.fixture(scope="module", params=[(0, 0), (3, 0), (45, 0), (100, 0), (100, 8)], ids=str)
def path(request, tmp_path_factory):
    number, bundles = request.param
    made = tmp_path_factory.mktemp("board") / f"{number}.pdf"
    made.write_bytes(paper.pdf(sheet(number, bundles=bundles), language("vi")))
    return made


def test_it_is_one_page_of_a3_lying(run, path):
    told = run("pdfinfo", path)

    assert re.search(r"Pages:\s+1$", told, re.MULTILINE)
    assert "1190.55 x 841.89 pts (A3)" in told


def test_it_is_for_archives_and_screen_readers_with_our_font_alone(run, path):
    fonts = run("pdffonts", path).splitlines()[2:]

    assert fonts
    assert all(" yes yes yes " in line for line in fonts)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in path.read_bytes()
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", path)


def test_all_groups_and_what_was_asked_for_can_be_read(run, tmp_path):
    made = tmp_path / "board.pdf"
    made.write_bytes(paper.pdf(sheet(100), language("vi")))

    text = " ".join(run("pdftotext", "-layout", made, "-").split())

    assert (
        "Số liệu đến 23/11/2026 · 100 tổ công tác · Tổ trưởng: Nguyễn Thị Ước"
        " · Tình trạng: Chậm tiến độ · Có nhiệm vụ quá hạn"
    ) in text
    assert all(f"Vật liệu chống cháy {number}" in text for number in range(100))
    assert "■ Chậm tiến độ" in text
    assert "Đánh giá sự phù hợp" in text
    assert "+41" in text


def test_the_smallest_letters_of_a_hundred_groups_can_be_read():
    """In points; nothing is larger than what one reads at arm's length."""
    assert paper.size_of(rows=50, width=40) > 5.5
    assert paper.size_of(rows=3, width=88) == paper.LARGEST


def test_a_restricted_group_is_on_the_sheet_of_who_may_see_it_alone(run, client_for, tmp_path):
    def read_by(role, address="/board.pdf"):
        made = tmp_path / f"{role}.pdf"
        made.write_bytes(client_for(role).get(address).data)
        return " ".join(run("pdftotext", made, "-").split())

    assert "Mốc mật của Sol" in read_by("director")
    assert "Mốc mật của Sol" not in read_by("member")
    assert "Tổ công tác Hal" not in read_by("director", "/board.pdf?programme=99999")


def test_the_sheet_of_a_day_that_is_not_known_is_not_there(client_for):
    assert client_for("director").get("/board.pdf?as_of=2019-01-01").status_code == 404
