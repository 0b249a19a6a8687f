"""By which right who of a unit signs, as it stands on paper."""

import pytest

from tracker.exports.report.head import signed
from tracker.queries.report_facts import Name
from tracker.queries.reports import heads
from tracker.words import language

INSTITUTE = Name("Viện Đo lường Việt Nam", "Vietnam Metrology Institute")
DIRECTOR = Name("Viện trưởng", "Director")


@pytest.mark.parametrize(
    ("form", "vietnamese", "english"),
    [
        ("", ("", "VIỆN TRƯỞNG"), ("", "DIRECTOR")),
        (
            "TM",
            ("TM. VIỆN ĐO LƯỜNG VIỆT NAM", "VIỆN TRƯỞNG"),
            ("ON BEHALF OF THE VIETNAM METROLOGY INSTITUTE", "DIRECTOR"),
        ),
        ("Q", ("", "Q. VIỆN TRƯỞNG"), ("", "ACTING DIRECTOR")),
        (
            "KT",
            ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),
            ("FOR THE DIRECTOR", "DEPUTY DIRECTOR"),
        ),
        ("TL", ("TL. VIỆN TRƯỞNG", ""), ("BY ORDER OF THE DIRECTOR", "")),
        ("TUQ", ("TUQ. VIỆN TRƯỞNG", ""), ("BY DELEGATION OF THE DIRECTOR", "")),
    ],
)
def test_a_unit_signs_under_the_title_of_its_head(form, vietnamese, english):
    signature = heads.signed_by_unit(form, INSTITUTE, DIRECTOR)

    assert signed(signature, language("vi"))[:2] == vietnamese
    assert signed(signature, language("en"))[:2] == english


def test_a_unit_whose_head_has_no_known_title_has_a_head_all_the_same():
    of_nobody = heads.signed_by_unit("KT", INSTITUTE, Name(""))
    in_vietnamese = heads.signed_by_unit("KT", INSTITUTE, Name("Chánh Văn phòng"))

    assert signed(of_nobody, language("vi"))[:2] == (
        "KT. THỦ TRƯỞNG ĐƠN VỊ",
        "PHÓ THỦ TRƯỞNG ĐƠN VỊ",
    )
    assert signed(in_vietnamese, language("en"))[:2] == (
        "FOR CHÁNH VĂN PHÒNG",
        "PHÓ CHÁNH VĂN PHÒNG",
    )
