from tracker.lib.packing import pack, unpack

VALUE = {"holidays": ["2027-02-08"], "limits": {"blocked_days": 7}, "tên": "Tết"}


def test_a_value_comes_back_and_is_known_in_any_order_of_its_keys():
    packed = pack(VALUE)

    assert unpack(packed.content) == VALUE
    assert pack(dict(reversed(VALUE.items()))) == packed
    assert pack({**VALUE, "tên": "tết"}).digest != packed.digest
