import pytest

from tracker.web import refresh

PART = '<div id="board" data-v="">\n<p data-v="">x</p></div>'


@pytest.fixture
def asked(app):
    return lambda had: app.test_request_context(f"/?v={had}")


def had(part):
    return part.partition('data-v="')[2].partition('"')[0]


def test_a_part_says_what_it_was_made_from_and_what_it_is():
    part = refresh.stamped(PART, "7.20261123")

    assert had(part).startswith("7.20261123-")
    assert part.count('data-v=""') == 1


def test_a_later_version_of_the_same_part_is_alike_and_told_as_known(asked):
    later = refresh.stamped(PART, "9.20261123")

    with asked(had(refresh.stamped(PART, "7.20261123"))):
        assert refresh.is_alike(later)
        answer = refresh.nothing_new(later)
        assert (answer.status_code, answer.headers[refresh.HEADER]) == (204, had(later))
        assert not refresh.is_alike(refresh.stamped(PART.replace("x", "y"), "9.20261123"))


@pytest.mark.parametrize("nonsense", ["", "-", "x", "7-%00", "-ab"])
def test_who_has_nothing_is_sent_everything(asked, nonsense):
    with asked(nonsense):
        assert not refresh.is_alike(refresh.stamped(PART, "7.20261123"))
