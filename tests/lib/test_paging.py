import pytest

from tracker.lib.paging import Page, cut, within


def test_a_list_is_cut_into_screens():
    page = cut(range(5), 2, size=2)

    assert (list(page.rows), page.number, page.total, page.pages) == ([2, 3], 2, 5, 3)


@pytest.mark.parametrize(("asked", "given"), [(-3, 1), (0, 1), (2, 2), (9, 3)])
def test_a_screen_that_is_not_there_is_the_nearest_one(asked, given):
    assert within(asked, total=5, size=2) == given
    assert cut(range(5), asked, size=2).number == given


def test_an_empty_list_has_one_screen():
    assert Page([]).pages == 1
    assert cut([], 7) == Page([], 1, 0)
