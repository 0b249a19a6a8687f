from datetime import date

from tracker.web import clock as request_clock


def test_one_answer_never_spans_midnight(app, clock):
    clock.move_to("2026-11-23T16:59:59.900+00:00")
    with app.test_request_context():
        before = request_clock.now()
        clock.shift(60)

        assert request_clock.now() == before
        assert request_clock.today() == date(2026, 11, 23)

    with app.test_request_context():
        assert request_clock.today() == date(2026, 11, 24)
