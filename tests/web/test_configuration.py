import pytest

from tracker.web.configuration import config

pytestmark = [pytest.mark.sqlite, pytest.mark.blank]


def test_the_settings_are_those_of_the_application_that_answers(app):
    with app.app_context():
        assert config() is app.extensions["tracker.config"]
