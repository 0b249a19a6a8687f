import time

import pytest

from tracker.lib.similar import Titles

STORED = {
    "HAL-1": "bien soan du thao tcvn 12944",
    "HAL-2": "lay y kien rong rai du thao tcvn 12944",
    "HAL-3": "dao tao kiem dinh vien",
    "HAL-4": "hoi thao",
}


@pytest.mark.parametrize(
    ("title", "near"),
    [
        ("bien soan du thao tcvn 12944", ["HAL-1"]),
        ("bien soan cac du thao tcvn 12944", ["HAL-1"]),
        ("lay y kien rong rai cho du thao tcvn 12944", ["HAL-2"]),
        ("dao tao cac kiem dinh vien", ["HAL-3"]),
        ("hoi thaao", ["HAL-4"]),
        ("mua thiet bi", []),
        ("", []),
    ],
)
def test_a_slip_or_a_word_more_is_near(title, near):
    assert Titles(STORED).near(title) == near


def test_another_number_is_another_task():
    assert Titles(STORED).near("bien soan du thao tcvn 12945") == []


@pytest.mark.parametrize(
    ("stored", "title"),
    [
        (
            "so sanh lien phong voi 4 phong thu nghiem",
            "so sanh lien phong voi bon phong thu nghiem",
        ),
        ("to chuc muoi hai lop", "to chuc 12 lop"),
        ("hop lan thu nhat", "hop lan thu 1"),
        ("khao sat dot 01", "khao sat dot 1"),
        ("khao sat sau khi cap phep", "khao sat khi cap phep"),
    ],
)
def test_a_number_may_be_written_as_a_word(stored, title):
    assert Titles({"a": stored}).near(title) == ["a"]
    assert Titles({"a": title}).near(stored) == ["a"]


def test_another_number_in_words_is_another_task():
    assert Titles({"a": "to chuc hai lop dao tao"}).near("to chuc 3 lop dao tao") == []


def test_the_nearest_comes_first():
    titles = Titles({"a": "khao sat cac doanh nghiep lon", "b": "khao sat doanh nghiep lon"})

    assert titles.near("khao sat doanh nghiep lon o") == ["b", "a"]


def test_thousands_are_compared_in_a_moment():
    titles = Titles({n: f"nhiem vu so {n} ve tieu chuan halal va do luong" for n in range(5000)})
    began = time.process_time()

    for number in range(5000, 7000):
        titles.near(f"nhiem vu so {number} ve tieu chuan halal va do luong")

    assert time.process_time() - began < 5
