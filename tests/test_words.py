import pytest

from tracker import words
from tracker.models import Strand, TaskStatus


def test_vietnamese_needs_no_catalogue_and_english_has_one():
    vi, en = words.language("vi"), words.language("en")

    assert vi.gettext("Thời hạn") == "Thời hạn"
    assert en.label(Strand.CONFORMITY_ASSESSMENT) == "Conformity assessment"
    assert vi.label(TaskStatus.BLOCKED) == "Đang vướng mắc"


def test_places_are_filled_in_and_a_lone_percent_sign_is_left_alone():
    vi = words.language("vi")

    assert vi.gettext("Tổ trưởng %(name)s", name="Hà") == "Tổ trưởng Hà"
    assert vi.gettext("100 %") == "100 %"
    assert vi.gettext("") == ""


def test_english_counts_and_vietnamese_does_not():
    one, many = "%(num)s người", "%(num)s người"

    assert [words.language("vi").ngettext(one, many, n) for n in (1, 2)] == ["1 người", "2 người"]
    english = [words.language("en").ngettext(one, many, n) for n in (1, 2)]
    assert english == ["1 person", "2 people"]


@pytest.mark.parametrize("code", ["", "fr", "EN", "../../etc"])
def test_an_unknown_language_is_vietnamese(code):
    assert words.language(code).code == "vi"


def test_a_sentence_is_found_by_its_code():
    assert words.language("vi").sentence("group_key_taken", key="HAL") == "Mã tổ HAL đã được dùng."
