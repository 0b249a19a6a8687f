import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracker.lib.chips import BEFORE, MEASURES, Chip, Part, asked, filled, parts, read, written
from tracker.lib.text import fold


@pytest.mark.parametrize(
    ("inside", "chip"),
    [
        ("quá hạn", Chip("", "open_overdue")),
        ("qua han", Chip("", "open_overdue")),
        ("Overdue", Chip("", "open_overdue")),
        ("HAL-47", Chip("hal-47", "")),
        ("hal-47 :  THỜI HẠN", Chip("hal-47", "due")),
        ("HAL-47: due", Chip("hal-47", "due")),
        ("Đo lường: tình trạng", Chip("do luong", "health")),
        ("kỳ trước: quá hạn", Chip("ky truoc", "open_overdue")),
        (": quá hạn", Chip("", "open_overdue")),
        ("HAL-47: nonsense", None),
        ("HAL-47: due: x", None),
    ],
)
def test_a_chip_is_read_in_either_language_and_without_marks(inside, chip):
    assert read(inside) == chip


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("measure", ["", *MEASURES])
def test_what_is_written_in_a_language_is_read_as_the_same(measure, code):
    assert asked([written(measure, "HAL-47", code=code)]) == [Chip("hal-47", measure)]


def test_no_word_means_two_measures():
    words = [fold(word) for words in MEASURES.values() for word in set(words)]

    assert sorted(set(words)) == sorted(words)
    assert not set(map(fold, BEFORE)) & set(words)


def test_a_text_is_cut_at_its_chips():
    text = "Còn [[quá hạn]] nhiệm vụ, như [[HAL-1]]. [[HAL-1: màu]] [không] [[]]"

    assert list(parts(text)) == [
        Part("Còn "),
        Part("[[quá hạn]]", Chip("", "open_overdue")),
        Part(" nhiệm vụ, như "),
        Part("[[HAL-1]]", Chip("hal-1", "")),
        Part(". "),
        Part("[[HAL-1: màu]]", Chip("hal-1: mau", "?")),
        Part(" [không] [[]]"),
    ]


@given(some.text(alphabet="[]:a đ\n-1quáhạn"))
def test_the_parts_put_together_are_the_text(text):
    assert "".join(part.text for part in parts(text)) == text
    assert filled(text, {}) == text


def test_each_chip_is_asked_for_once_in_order():
    texts = ["[[HAL-2]] [[quá hạn]]", "[[overdue]] [[hal-2]] [[HAL-1: due]]"]

    assert [chip.key for chip in asked(texts)] == ["hal-2:", ":open_overdue", "hal-1:due"]


def test_values_stand_in_place_of_chips_and_what_has_none_stays():
    values = {":open_overdue": "3", "hal-1:": "Mua [[quá hạn]] (HAL-1)"}

    said = filled("Còn [[quá hạn]]: [[HAL-1]]; [[HAL-9]]", values)

    assert said == "Còn 3: Mua [[quá hạn]] (HAL-1); [[HAL-9]]"


def test_a_chip_never_goes_over_lines_nor_on_for_ever():
    assert list(parts("[[a\nb]]")) == [Part("[[a\nb]]")]
    assert list(parts(f"[[{'a' * 201}]]")) == [Part(f"[[{'a' * 201}]]")]
