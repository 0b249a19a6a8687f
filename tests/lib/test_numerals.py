import pytest

from tracker.lib.numerals import in_digits
from tracker.lib.text import fold


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("bốn phòng", "4 phong"),
        ("Mười hai cuộc", "12 cuoc"),
        ("mười", "10"),
        ("hai mươi", "20"),
        ("hai mươi mốt đơn vị", "21 don vi"),
        ("ba mươi tư", "34"),
        ("chín mươi lăm", "95"),
        ("lần thứ nhất", "lan thu 1"),
        ("đợt thứ nhì, thứ ba và thứ tư", "dot thu 2, thu 3 va thu 4"),
        ("lần thứ hai mươi", "lan thu 20"),
        ("lần thứ mười hai", "lan thu 12"),
        ("đợt 01", "dot 1"),
        ("đợt 00", "dot 0"),
        ("TCVN 12944:2020", "tcvn 12944:2020"),
        ("từ bonn đến bao", "tu bonn den bao"),
        ("", ""),
    ],
)
def test_numbers_become_digits(words, digits):
    assert in_digits(fold(words)) == digits
