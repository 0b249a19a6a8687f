from tracker.web import resume
from tracker.web.resume import Typed


def test_a_form_survives_the_journey_and_a_changed_one_does_not(app):
    typed = Typed("/tasks/HAL-1/edit", (("title", "Đo"), ("title", "lường")))
    with app.test_request_context():
        packed = resume.pack(typed)

        assert resume.unpack(packed) == typed
        assert resume.unpack(packed[:-2] + "xx") is None
        assert resume.unpack("") is None
        assert resume.unpack(None) is None


def test_it_is_forgotten_after_half_a_day(app, clock):
    with app.test_request_context():
        packed = resume.pack(Typed("/", (("a", "b"),)))
        clock.shift(13 * 3600)

        assert resume.unpack(packed) is None


def test_secrets_are_not_kept(app):
    with app.test_request_context("/x", method="POST", data={"password": "p", "a": "1", "b": ""}):
        assert resume.typed() == Typed("/x", (("a", "1"),))


def test_nothing_typed_is_nothing(app):
    with app.test_request_context("/x"):
        assert resume.typed() is None
        assert resume.pack() == ""


def test_what_is_too_large_is_not_kept(app):
    too_large = b"a=" + bytes(app.config["MAX_CONTENT_LENGTH"])
    form = "application/x-www-form-urlencoded"
    with app.test_request_context("/x", method="POST", data=too_large, content_type=form):
        assert resume.typed() is None
