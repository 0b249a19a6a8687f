from tracker.web.retelling import Told, told

LONG = "Chờ mẫu của phòng thử nghiệm.\n" * 3
LINE = "Đo mẫu chuẩn độ cứng của các phòng thử nghiệm được công nhận năm 2027"


def test_a_person_reads_what_they_typed_in_words(app):
    fields = [
        ("title", "Đo mẫu"),
        ("description", LONG),
        ("result", LINE),
        ("progress", "40"),
        ("due_own", "2026-12-15"),
        ("owner", "Nguyễn An"),
        ("unheard_of", "Lời của tôi"),
    ]
    with app.test_request_context():
        assert told(fields) == [
            Told("Tên", "Đo mẫu", is_long=False),
            Told("Mô tả", LONG, is_long=True),
            Told("Sản phẩm", LINE, is_long=True),
            Told("Tiến độ (%)", "40", is_long=False),
            Told("Thời hạn", "15/12/2026", is_long=False),
            Told("Người phụ trách", "Nguyễn An", is_long=False),
            Told("Nội dung", "Lời của tôi", is_long=False),
        ]


def test_what_was_chosen_or_is_hidden_is_left_out(app):
    fields = [
        ("version", "3"),
        ("owner_id", "13"),
        ("cooperating_unit_ids", "17"),
        ("priority", "normal"),
        ("reason", "awaiting_comments"),
        ("due", "own"),
        ("owner", "13"),
        ("other_id", "4"),
        ("back", "strand=metrology&q=a b"),
        ("unheard_of", "x1"),
    ]
    with app.test_request_context():
        assert told(fields) == []
