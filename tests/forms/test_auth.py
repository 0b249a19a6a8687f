import pytest
from werkzeug.datastructures import MultiDict

from tracker.forms.auth import ChangePasswordForm, PreferencesForm, SignInForm, WelcomeForm


@pytest.fixture
def errors(app):
    def found(form_class, **data):
        with app.test_request_context(method="POST"):
            form = form_class(MultiDict(data), meta={"csrf": False})
            form.validate()
            return set(form.errors)

    return found


def test_signing_in_needs_both(errors):
    assert errors(SignInForm) == {"email", "password"}
    assert errors(SignInForm, email="a@b.vn", password="x") == set()


def test_a_new_password_is_typed_twice_alike(errors):
    assert errors(ChangePasswordForm, current_password="x", new_password="a", repeat="b") == {
        "repeat"
    }


def test_the_first_administrator_has_a_name_and_an_address(errors):
    data = {"full_name": "A", "email": "a@b", "new_password": "x", "repeat": "x"}

    assert errors(WelcomeForm, **data) == {"email"}


def test_preferences_may_come_alone(errors):
    assert errors(PreferencesForm, theme="dark") == set()
    assert errors(PreferencesForm, theme="pink") == {"theme"}
