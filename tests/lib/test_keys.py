import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import codes, keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Halal", "HAL"),
        ("Tổ công tác Halal", "HAL"),
        ("Tổ công tác về Khí nhà kính", "KNK"),
        ("Pin mặt trời", "PMT"),
        ("Đo lường", "DL"),
        ("An toàn, vệ sinh của thực phẩm", "ATVSTP"),
        ("Working group on Solar panels", "SP"),
        ("AI", "AI"),
        ("", ""),
        ("Tổ công tác", "CT"),
        ("5G", ""),
        ("–", ""),
    ],
)
def test_a_key_follows_from_the_name(name, key):
    assert keys.suggest(name) == key


def test_a_key_that_is_taken_gets_a_number():
    assert keys.suggest("Halal", {"HAL"}) == "HAL2"
    assert keys.suggest("Halal", {"HAL", "HAL2"}) == "HAL3"


def test_when_all_are_taken_nothing_is_suggested():
    assert keys.suggest("Halal", {"HAL", *(f"HAL{number}" for number in range(2, 100))}) == ""


@given(st.text())
def test_whatever_is_suggested_can_be_a_key(name):
    key = keys.suggest(name)

    assert key == "" or codes.valid_key(key)
