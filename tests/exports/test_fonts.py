import pytest

from tracker.exports.fonts.glyphs import FONTS, MISSING, printable


@pytest.mark.parametrize(
    "text", ["Đo lường Chất lượng: ắ ặ ộ ữ ỹ", "TCVN 12944:2020 – «50 %» …", "hai\ndòng", ""]
)
def test_what_vietnamese_offices_write_can_be_shown(text):
    assert printable(text) == text


@pytest.mark.parametrize(("text", "shown"), [("日本", MISSING * 2), ("a😀b", f"a{MISSING}b")])
def test_what_the_face_lacks_is_a_square(text, shown):
    assert printable(text) == shown


def test_the_face_has_its_four_cuts():
    assert sorted(path.name for path in FONTS.glob("*.ttf")) == [
        "Tinos-Bold.ttf",
        "Tinos-BoldItalic.ttf",
        "Tinos-Italic.ttf",
        "Tinos-Regular.ttf",
    ]
