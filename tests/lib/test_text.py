import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.lib import text

# domain.md §6.4: sequences as ICU 72.1 gives them.
ICU_SEQUENCES = [
    "ma mà mả mã má mạ mă mâ mb",
    "da dz đa",
    "oa ôa ơa",
    "ua ưa",
    "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
    "an anh ánh ân",
    "ea eă êa",
]


def in_order(words, key=text.sort_key_vi):
    backwards = words[::-1]
    return sorted(backwards, key=key)


def test_nfc_composes_what_macos_sends_apart():
    assert text.nfc(unicodedata.normalize("NFD", "Đo lường ậ")) == "Đo lường ậ"


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("Đo lường", "do luong"),
        ("ĐÁNH GIÁ SỰ PHÙ HỢP", "danh gia su phu hop"),
        ("Tiêu chuẩn", "tieu chuan"),
        ("  nhiều \t khoảng\u00a0trắng\n", "nhieu khoang trang"),
        ("hoà hòa", "hoa hoa"),
        ("ậ ợ ữ ằ", "a o u a"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_fold_drops_marks_and_case(original, folded):
    assert text.fold(original) == folded
    assert text.fold(unicodedata.normalize("NFD", original)) == folded


@given(st.text())
def test_fold_is_the_same_for_every_normal_form(original):
    assert text.fold(text.nfc(original)) == text.fold(unicodedata.normalize("NFD", original))


@pytest.mark.parametrize("sequence", ICU_SEQUENCES)
def test_sort_key_gives_the_order_of_icu(sequence):
    words = sequence.split()

    assert in_order(words) == words


def test_sort_key_puts_spaces_before_digits_before_letters_before_other_scripts():
    words = ["a", "a b", "a-b", "a1", "ab", "ă", "β", "中"]

    assert in_order(words) == words


def test_sort_key_decides_by_letters_before_tones():
    assert in_order(["mạ a", "ma b"]) == ["mạ a", "ma b"]


@pytest.mark.parametrize(
    ("one", "other"), [("HALAL", "halal"), ("Đo  lường", "đo lường"), (" a ", "a")]
)
def test_sort_key_ignores_case_and_spacing(one, other):
    assert text.sort_key_vi(one) == text.sort_key_vi(other)


def test_sort_key_does_not_depend_on_the_normal_form():
    assert text.sort_key_vi("Ước") == text.sort_key_vi(unicodedata.normalize("NFD", "Ước"))


@given(st.text())
@example("ệ" * 3)
@example("\u0301leading mark")
def test_sort_key_is_printable_ascii(original):
    key = text.sort_key_vi(original)

    assert key.isascii()
    assert key.isprintable()


def test_sort_key_of_an_unusual_mark_follows_the_plain_letter():
    assert in_order(["muller", "müller", "muna"]) == ["muller", "müller", "muna"]


def test_names_sort_by_given_name():
    names = ["An", "Anh", "Ánh", "Ân", "Dũng", "Đan", "Đạt", "Uyên", "Ước"]
    people = [f"Nguyễn Văn {name}" for name in names]

    assert in_order(people, key=text.name_sort_key) == people


def test_names_sort_by_middle_then_family_within_a_given_name():
    people = ["Trần Lan", "Đỗ Mai Lan", "Lê Mai Lan", "Bùi Thị Lan", "Lê Lân"]

    assert in_order(people, key=text.name_sort_key) == people


def test_a_toned_given_name_follows_the_plain_one_whatever_the_family():
    assert text.name_sort_key("Vũ Zen Anh") < text.name_sort_key("Bùi An Ánh")


def test_name_of_one_word_is_a_given_name():
    assert text.name_sort_key("Lan") == "lan"
    assert text.name_sort_key("Lan") < text.name_sort_key("Đỗ Mai Lan")
    assert text.name_sort_key("  ") == ""


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Đỗ Mai Lan", "ML"),
        ("Nguyễn Văn Đức", "VĐ"),
        ("đỗ lan", "ĐL"),
        ("An", "AN"),
        ("Ô", "Ô"),
        ("Trần Bình (VMI)", "BV"),
        ("Lê - Hà", "LH"),
        ("", ""),
        ("—", ""),
    ],
)
def test_initials_are_of_the_last_two_words(name, letters):
    assert text.initials(name) == letters


def test_initials_are_composed_letters():
    assert text.initials(unicodedata.normalize("NFD", "Lê Ông Ánh")) == "ÔÁ"


@pytest.mark.parametrize(
    ("original", "query", "marked"),
    [
        ("Tuyến đường sắt Đà Nẵng", "duong da", "Tuyến [đường] sắt [Đà] Nẵng"),
        ("Đo lường", "ĐO", "[Đo] lường"),
        ("Đo lường", "luo", "Đo [lườ]ng"),
        ("Đo lường", "uong", "Đo lường"),
        ("Xem HAL-47 nhé", "hal-47", "Xem [HAL-47] nhé"),
        ("HAL 47", "hal-47", "[HAL] [47]"),
        ("1322/QĐ-TTg", "(1322/qd-ttg)", "[1322/QĐ-TTg]"),
        ("a an ba", "a", "[a] an ba"),
        ("Giá 5.000 + 10%", "5.000", "Giá [5.000] + 10%"),
        ("Straße", "strasse", "[Straße]"),
        ("Đo lường", "  ", "Đo lường"),
        ("Đo lường", "(", "Đo lường"),
        ("", "do", ""),
    ],
)
def test_highlight_marks_word_beginnings_of_the_original(original, query, marked):
    parts = text.highlight(original, query)

    assert "".join(f"[{part}]" if on else part for part, on in parts) == marked


def test_highlight_works_on_composed_text():
    original = unicodedata.normalize("NFD", "Đo lường")

    assert text.highlight(original, "luong") == [("Đo ", False), ("lường", True)]


def test_highlight_keeps_a_loose_mark_with_its_letter():
    assert text.highlight("x\u0323y z", "x") == [("x\u0323y z", False)]
    assert text.highlight("xx\u0323 z", "xx") == [("xx\u0323", True), (" z", False)]


@given(st.text(), st.text(max_size=20))
@example("\u0301", "a")
@example("İstanbul", "i")
def test_highlight_loses_nothing(original, query):
    assert "".join(part for part, _ in text.highlight(original, query)) == text.nfc(original)


@pytest.mark.parametrize(
    ("original", "query", "rank"),
    [
        ("Tuyến đường sắt", "đường", 0),
        ("Mặt trời châu Á – Thái Bình Dương", "đường", 1),
        ("Dương lịch", "đường lịch", 1),
        ("đường", "duong", 0),
        ("Đường sắt", "ĐƯỜNG", 0),
        ("Cộng hoà", "hòa", 0),
        ("Cộng hòa", "hoà", 0),
        ("hóa học", "hòa", 1),
        ("đường", "đườ", 0),
        ("anything", "", 0),
        ("", "đo", 1),
    ],
)
def test_exact_mark_rank_counts_marked_words_that_are_missing(original, query, rank):
    assert text.exact_mark_rank(original, query) == rank


@pytest.mark.parametrize(
    ("original", "kept"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("dòng 1\r\ndòng 2\rdòng 3\u2028dòng 4", "dòng 1\ndòng 2\ndòng 3\ndòng 4"),
        ("cột\tcột", "cột\tcột"),
        ("exe.\u202egpj", "exe.gpj"),
        ("\ufeffđầu\u200b tệp\u2066\u2069", "đầu tệp"),
        ("\ud800nửa", "nửa"),
        ("gia đình 👨‍👩‍👧", "gia đình 👨‍👩‍👧"),
    ],
)
def test_strip_controls_leaves_only_what_can_be_seen(original, kept):
    assert text.strip_controls(original) == kept
