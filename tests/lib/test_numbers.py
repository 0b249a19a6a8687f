import pytest

from tracker.lib.numbers import LARGEST, whole


@pytest.mark.parametrize("text", ["0", "7", "-7", str(LARGEST), f"-{LARGEST}"])
def test_a_number_is_read(text):
    assert whole(text) == int(text)


@pytest.mark.parametrize("text", ["", "x", "1.5", str(LARGEST + 1), f"-{LARGEST + 1}", "9" * 5000])
def test_what_no_column_can_hold_is_no_number(text):
    with pytest.raises(ValueError, match=r"."):
        whole(text)
