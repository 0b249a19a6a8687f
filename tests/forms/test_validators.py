from types import SimpleNamespace

import pytest
from wtforms import ValidationError

from tracker.forms.validators import Email


def check(app, address):
    with app.test_request_context():
        Email()(None, SimpleNamespace(data=address))


@pytest.mark.parametrize("address", ["a@b.vn", "ten.ho@coquan.gov.vn", "x@demo.test", "", None])
def test_addresses_pass(app, address):
    check(app, address)


@pytest.mark.parametrize("address", ["a", "a@b", "a b@c.vn", "@c.vn", "a@.vn", "a@b@c.vn"])
def test_others_get_a_sentence_with_an_example(app, address):
    with pytest.raises(ValidationError, match=r"ten@coquan\.gov\.vn"):
        check(app, address)
