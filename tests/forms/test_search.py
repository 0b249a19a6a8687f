from werkzeug.datastructures import MultiDict

from tracker.forms.search import SearchForm


def test_a_question_needs_no_token_and_keeps_its_words(app):
    with app.test_request_context():
        form = SearchForm(MultiDict({"q": "khí chuẩn", "kind": "task", "page": "2"}))

        assert form.validate()
        assert (form.q.data, form.kind.data, form.page.data) == ("khí chuẩn", "task", 2)


def test_nonsense_is_left_out(app):
    with app.test_request_context():
        form = SearchForm(MultiDict({"q": "x", "page": "hai"}))

        assert form.page.data is None
