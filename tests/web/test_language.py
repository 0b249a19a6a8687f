from tracker.web import language


def test_the_cookie_speaks_for_a_visitor_and_the_default_is_vietnamese(app):
    with app.test_request_context():
        assert language.current().code == "vi"
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert language.current().code == "en"
    with app.test_request_context(headers={"Cookie": "language=fr"}):
        assert language.current().code == "vi"


def test_what_was_chosen_stays_for_the_request(app):
    with app.test_request_context(headers={"Cookie": "language=en"}):
        language.choose("vi")

        assert language.gettext("Đã lưu") == "Đã lưu"
        assert language.ngettext("%(num)s người", "%(num)s người", 3) == "3 người"
