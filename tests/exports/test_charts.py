import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document

from tracker.exports.charts import (
    burn_up,
    colours,
    heat_map,
    progress,
    sheets,
    timeline,
    trend,
    wording,
)
from tracker.exports.charts.formats import FORMATS
from tracker.exports.charts.sheets import LYING, UPRIGHT
from tracker.lib.health import Health
from tracker.lib.periods import parse
from tracker.lib.timeline import Window, Zoom
from tracker.models import Strand, TaskStatus
from tracker.queries.burn_up import BurnUp
from tracker.queries.timeline import Link, Row, Section, Timeline
from tracker.queries.trend import Line, Trend
from tracker.words import language

TODAY = date(2026, 11, 23)
VI, EN = language("vi"), language("en")
SVG = "{http://www.w3.org/2000/svg}"
TOKENS = Path(__file__, "../../../static/css/tokens.css").resolve()


def task(code="HAL-1", **values):
    facts = {
        "title": "So sánh & đối chiếu",
        "is_milestone": False,
        "health": Health.ON_TRACK,
        "status": TaskStatus.DOING,
        "start": date(2026, 9, 1),
        "planned": date(2026, 12, 1),
        "expected": date(2026, 12, 1),
        "is_done": False,
        "progress": 50,
        "owner": "",
        "unit": "",
        "working_days": 0,
        "days_overdue": 0,
        "may_move": False,
    }
    return Row(code=code, **(facts | values))


def milestone(code="HAL-M1", **values):
    facts = {"is_milestone": True, "status": None, "start": None, "progress": 0}
    return task(code, **(facts | values))


def chart(*rows, zoom=Zoom.MONTH, links=()):
    section = Section("HAL", "Halal", "Halal", Strand.METROLOGY, rows)
    return Timeline(Window.around(TODAY, zoom), TODAY, (section,), tuple(links), total=len(rows))


def drawn(*rows, lang=VI, **more):
    alone = more.pop("alone", False)
    return ElementTree.fromstring(timeline.draw(chart(*rows, **more), "Tiến độ", lang, alone=alone))


def words(picture):
    return [element.text for element in picture.iter(f"{SVG}text")]


def parts(picture, name):
    return [element for element in picture.iter() if element.get("class") == f"chart__{name}"]


def test_colours_are_those_of_the_pages_in_their_light_theme():
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6})", TOKENS.read_text("utf-8")))
    own = {
        name.lower().replace("_", "-"): value
        for name, value in vars(colours).items()
        if name.isupper() and isinstance(value, str)
    }

    assert own == {name: tokens[name] for name in own}


def test_a_bar_is_filled_as_far_as_the_work_is_done():
    picture = drawn(task(progress=50))

    widths = [float(bar.get("width")[:-1]) for bar in picture.iter(f"{SVG}rect")]
    assert widths[1] == pytest.approx(widths[0] / 2, abs=0.01)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (task(expected=date(2026, 12, 15)), "+14 ngày"),
        (task(expected=date(2026, 11, 20)), None),
        (task(days_overdue=3), "quá 3 ngày"),
        (task(status=TaskStatus.BLOCKED, days_overdue=3), "vướng mắc · quá 3 ngày"),
        (milestone(expected=date(2026, 12, 19)), "+18 ngày"),
        (milestone(expected=date(2026, 11, 28)), "−3 ngày"),
        (milestone(), None),
    ],
)
def test_slips_and_troubles_are_said_beside_the_row(row, said):
    notes = [text.text for text in drawn(row).iter(f"{SVG}text") if text.get("paint-order")]

    assert notes == ([said] if said else [])


def test_nothing_that_xml_does_not_take_stays_in_a_title():
    picture = drawn(task(title="Cân\x00 \x1b\u202ekỹ\ufffe <thuật>"), alone=True)

    assert "Cân kỹ <thuật>" in "".join(picture.itertext())


def test_a_moved_milestone_has_both_diamonds_and_a_dotted_line_between():
    picture = drawn(milestone(expected=date(2026, 12, 19), may_move=True))

    assert len(parts(picture, "planned")) == 1
    assert len(parts(picture, "slip")) == 1
    assert [mark.get("data-moves") for mark in parts(picture, "move")] == ["HAL-M1"]


def test_words_near_the_right_edge_stand_left_of_their_row():
    picture = drawn(milestone(planned=date(2027, 5, 25), expected=date(2027, 6, 20)))

    note = next(text for text in picture.iter(f"{SVG}text") if text.get("paint-order"))
    assert note.get("text-anchor") == "end"


def test_what_waits_is_joined_by_a_curve_when_both_ends_are_in_the_window():
    rows = task(), milestone(), milestone("HAL-M2", expected=date(2029, 1, 1))
    links = [Link("HAL-1", "HAL-M1"), Link("HAL-1", "HAL-M2"), Link("HAL-1", "HAL-9")]

    (box,) = parts(drawn(*rows, links=links), "links")

    assert len(box) == 1


def test_today_is_marked_where_it_is_in_the_window():
    assert "23/11" in words(drawn(task()))
    elsewhere = Timeline(Window.beginning(date(2030, 1, 1), Zoom.MONTH), TODAY, ())
    assert "chart__today" not in timeline.draw(elsewhere, "x", VI)


def test_an_item_without_dates_has_a_line_and_nothing_in_it():
    picture = drawn(task(start=None, planned=None, expected=None), milestone(expected=None))

    assert list(picture.iter(f"{SVG}rect")) == []


def test_alone_it_has_its_labels_in_the_language_on_as_many_lines_as_they_take():
    title = "Trình dự án chấp nhận bộ IEC 61853 (đánh giá năng lượng) thành tiêu chuẩn quốc gia"

    whole = drawn(milestone(title=title), task("HAL-2"), alone=True, lang=EN)
    cut = drawn(task(title="Rất dài " * 40), alone=True)

    labels = [text.text for text in parts(whole, "labels")[0] if len(text.text) > 1]
    assert labels[0] == "Metrology · Halal"
    assert " ".join(labels[1:-1]) == f"◆ {title}"
    assert [len(labels), parts(cut, "labels")[0][3].text[-1]] == [4, "…"]
    assert whole.get("viewBox")


def test_a_label_of_two_lines_stands_beside_its_row_and_takes_its_room():
    rows = task(title="Rất dài " * 12), task("HAL-2"), milestone()

    alone = drawn(*rows, alone=True)

    shapes = [float(text.get("y")) for text in parts(alone, "labels")[0] if text.get("x") == "18"]
    bars = [float(bar.get("y")) + 7 for bar in alone.iter(f"{SVG}rect")][::2]
    assert [y - 4 for y in shapes[:2]] == bars
    assert [low - high for high, low in pairwise(shapes)] == [31, 24]


def test_words_are_escaped():
    assert "So sánh &amp; đối chiếu" in timeline.draw(chart(task()), "a < b", VI)


@pytest.mark.parametrize(
    ("zoom", "lang", "names"),
    [
        (Zoom.MONTH, VI, ["T7/26", "T8", "T1/27"]),
        (Zoom.MONTH, EN, ["Jul/26", "Aug", "Jan/27"]),
        (Zoom.QUARTER, VI, ["Q4 2025", "Q1 2026", "Q2"]),
        (Zoom.WEEK, VI, ["26/10 2026", "02/11", "07/12"]),
    ],
)
def test_the_units_are_named_with_the_year_where_it_begins(zoom, lang, names):
    picture = drawn(zoom=zoom, lang=lang)

    units = [text.text for text in parts(picture, "units")[0]]
    assert [units[0], units[1], units[6]] == names


@pytest.mark.parametrize(("number", "said"), [(1, "+1 ngày"), (-2, "−2 ngày"), (0, "0 ngày")])
def test_days_are_said_with_their_sign(number, said):
    assert wording.days(number, VI) == said


@pytest.mark.parametrize(
    ("lang", "names"), [(VI, ["T11/26", "T2/27", "T5"]), (EN, ["Nov/26", "Feb/27", "May"])]
)
def test_a_year_is_named_where_it_begins(lang, names):
    days = [date(2026, 11, 1), date(2027, 2, 1), date(2027, 5, 1)]

    assert wording.months(days, lang) == names


def test_a_part_of_a_bar_outside_of_the_window_is_not_drawn():
    long = task(start=TODAY - timedelta(900), expected=TODAY + timedelta(900), progress=100)

    bars = list(drawn(long).iter(f"{SVG}rect"))

    assert [(bar.get("x"), bar.get("width")) for bar in bars] == [("0.0%", "100.0%")] * 2


def test_paper_has_few_lines_a_sheet_and_names_a_section_again():
    rows = [task(f"HAL-{number}") for number in range(24)]

    made = timeline.sheets(chart(*rows), "Tiến độ", VI)

    labels = [words(ElementTree.fromstring(sheet.picture)) for sheet in made]
    assert [sheet.words.split(",")[0] for sheet in made] == ["23 dòng", "1 dòng"]
    assert ["Đo lường · Halal" in label for label in labels] == [True, True]


def test_paper_says_what_it_leaves_out():
    (sheet,) = timeline.sheets(replace(chart(task()), total=7), "Tiến độ", VI)

    assert sheet.words.endswith("Bản in có 1 dòng đầu trong tổng số 7 dòng.")


@pytest.mark.parametrize("rows", [(), (task(title="Chữ 中文 😀"), milestone())])
@pytest.mark.parametrize(("name", "mark"), [("pdf", b"%PDF"), ("docx", b"PK"), ("svg", b"<svg")])
def test_every_format_shows_any_rows(rows, name, mark):
    content = FORMATS[name].render(chart(*rows), "Tiến độ: Halal", VI)

    assert content.startswith(mark)


def test_a_word_file_lies_and_tells_its_pictures():
    made = FORMATS["docx"].render(chart(task()), "Tiến độ: Halal", EN)

    document = Document(BytesIO(made))
    (picture,) = document.inline_shapes
    assert document.sections[0].page_width > document.sections[0].page_height
    assert picture._inline.docPr.get("descr") == document.paragraphs[1].text
    assert document.core_properties.title == "Tiến độ: Halal"


def test_a_picture_in_dots_is_a_png():
    drawing = timeline.draw(chart(task()), "x", VI, alone=True)

    assert sheets.png(drawing).startswith(b"\x89PNG")


@pytest.mark.office
def test_a_word_file_opens_in_libreoffice(soffice, tmp_path):
    path = tmp_path / "timeline.docx"
    path.write_bytes(FORMATS["docx"].render(chart(task()), "Tiến độ", VI))

    assert soffice(path).exists()


# ---------------------------------------------------------------- the milestone trend


def line(code="HAL-M1", *expected, health=Health.ON_TRACK, title="Công bố TCVN"):
    return Line(code, title, Strand.STANDARDS, health, None, expected)


def trended(*lines, lang=VI):
    periods = tuple(parse(f"2026-{number:02}") for number in (10, 11))
    made = Trend(periods, TODAY, lines)
    return ElementTree.fromstring(trend.draw(made, "Xu hướng", lang, alone=True))


def heights(picture):
    return [float(point.get("cy")) for point in picture.iter(f"{SVG}circle")]


def test_a_later_day_is_higher_and_what_is_not_known_is_no_point():
    picture = trended(line("HAL-M1", None, date(2027, 1, 1), date(2027, 3, 1)))

    early, late = heights(picture)
    assert late < early


def test_the_trend_names_periods_months_and_milestones():
    picture = trended(line("HAL-M1", *[date(2026, 12, 5)] * 3))

    assert words(picture) == ["T12/26", "T1/27", "T10", "T11", "23/11", "● Công bố TCVN"]


def test_only_as_many_lines_are_drawn_as_can_be_told_apart():
    lines = [line(f"HAL-M{n}", *[date(2026, 12, n)] * 3) for n in range(1, 12)]

    picture = trended(*lines)

    names = [text for text in words(picture) if text.startswith("●")]
    assert len(names) == trend.MOST
    dashes = [
        next(group.iter(f"{SVG}line")).get("stroke-dasharray") for group in parts(picture, "line")
    ]
    assert dashes[:4] == [None, "7 3", "2 3", "9 3 2 3"]


def test_a_long_name_is_shortened_and_no_lines_are_no_fault():
    picture = trended(line("HAL-M1", *[TODAY] * 3, title="Rất dài " * 9))

    assert max(map(len, words(picture))) == trend.LONGEST_LABEL
    assert heights(trended()) == []


# ---------------------------------------------------------------- the burn-up


def burnt(lang=VI, **values):
    ends = (TODAY - timedelta(15), TODAY - timedelta(8), TODAY - timedelta(1), TODAY)
    facts = {"likely": TODAY + timedelta(28), "safe": TODAY + timedelta(56), "items": ()}
    made = BurnUp(ends, finished=(2, 5, 8, 8), scope=(10, 12, 12, 12), **(facts | values))
    return ElementTree.fromstring(burn_up.draw(made, "Khối lượng", lang, alone=True))


def test_the_range_is_drawn_and_said_in_days():
    picture = burnt()

    assert len(parts(picture, "range")) == 1
    assert words(picture)[-2:] == ["50 %: 21/12/2026", "85 %: 18/01/2027"]


def test_where_nothing_can_be_said_there_is_no_range():
    picture = burnt(likely=None, safe=None)

    assert parts(picture, "range") == parts(picture, "by") == []


def test_where_only_the_likely_end_is_known_it_stands_alone():
    picture = burnt(safe=None)

    assert words(picture)[-1] == "50 %: 21/12/2026"
    assert parts(picture, "range") == []


def test_finished_tasks_stand_below_all_tasks():
    picture = burnt()

    def last(name):
        (element,) = parts(picture, name)
        return float(element.get("points").split()[3].partition(",")[2])

    assert last("finished") > last("scope")


# ---------------------------------------------------------------- heat map and progress, on paper


def a_heat_map(rows=3):
    late = heat_map.Cell(Health.LATE, "+34 ngày")
    cells = (late, heat_map.Cell(Health.NO_PLAN, is_stale=True), None, late)
    columns = tuple(VI.label(strand) for strand in Strand)
    named = tuple(heat_map.Row(f"Tổ <{at}>", cells) for at in range(rows))
    return heat_map.HeatMap(columns, named)


def test_a_heat_map_says_each_state_by_colour_shape_and_word():
    drawn = heat_map.draw(a_heat_map(1), "Bảng", VI, UPRIGHT)

    picture = ElementTree.fromstring(drawn)
    assert words(picture)[5:] == [
        *("■", "Chậm tiến độ", "+34 ngày"),
        *("◌", "Chưa có kế hoạch", "–"),
        *("■", "Chậm tiến độ", "+34 ngày"),
    ]
    rects = picture.findall(f".//{SVG}rect")
    assert [rect.get("fill") for rect in rects] == [
        colours.SOFT_OF_HEALTH[health] for health in (Health.LATE, Health.NO_PLAN, Health.LATE)
    ]
    assert [rect.get("stroke-dasharray") for rect in rects] == [None, "5 3", None]


def test_a_heat_map_is_told_in_words_and_cut_into_pages():
    made = heat_map.sheets(a_heat_map(30), "Bảng", VI, UPRIGHT)

    assert len(made) == 2
    assert made[1].words == (
        "Chưa có kế hoạch: 5; Chậm tiến độ: 10. "
        + "; ".join(
            f"Tổ <{at}>, {strand}: chậm tiến độ"
            for at in range(25, 30)
            for strand in ("Tiêu chuẩn", "Thanh tra, kiểm tra")
        )
        + "."
    )
    assert made[0].words.endswith("; ….")
    assert heat_map.sheets(a_heat_map(0), "Bảng", VI, LYING) == []


@pytest.mark.parametrize(
    ("totals", "ticks"),
    [((0,), ["0", "1"]), ((7, 9), ["0", "2", "4", "6", "8", "10"]), ((1234, 80), None)],
)
def test_progress_has_round_numbers_and_says_them_at_every_point(totals, ticks):
    months = [progress.Month(f"T{at}", total, 0, 0) for at, total in enumerate(totals)]

    sheet = progress.sheet(months, "Diễn biến", VI, LYING)

    told = words(ElementTree.fromstring(sheet.picture))
    assert told[: told.index("T0")] == (ticks or ["0", "500", "1000", "1500"])
    assert told[-3:] == [f"○ Tổng số: {totals[-1]}", "● Đã hoàn thành: 0", "■ Quá hạn: 0"]
    assert [told.count(str(total)) >= 1 for total in totals] == [True] * len(totals)


def test_the_pictures_of_documents_are_the_same_bytes_again():
    drawn = heat_map.draw(a_heat_map(), "Bảng", VI, UPRIGHT)

    assert sheets.png(drawn, 160) == sheets.png(drawn, 160)
    assert len(sheets.png(drawn, 160)) < len(sheets.png(drawn, 247))
