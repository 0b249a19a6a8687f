"""The four strands, as the section rows and columns of a plan name them."""

import re

from tracker.imports.plan.texts import words_of

_SYNONYMS = {
    "standards": (
        "tieu chuan", "tieu chuan hoa", "tieu chuan quy chuan", "tieu chuan quy chuan ky thuat",
        "xay dung tieu chuan", "standards", "standard", "standardization", "standardisation",
    ),
    "metrology": ("do luong", "metrology"),
    "conformity_assessment": (
        "danh gia su phu hop", "danh gia phu hop", "dgsph", "conformity assessment",
    ),
    "inspection": (
        "thanh tra kiem tra", "kiem tra thanh tra", "thanh tra va kiem tra", "thanh tra",
        "kiem tra", "kiem tra chuyen nganh", "chinh sach thanh tra", "inspection",
    ),
}  # fmt: skip
_STRAND_OF = {words: strand for strand, synonyms in _SYNONYMS.items() for words in synonyms}
_STRAND_OF |= {strand.replace("_", " "): strand for strand in _SYNONYMS}

# "I", "Phần II", "Cấu phần 3", "A": what may stand before the name; "về", "công tác" too.
_BEFORE = re.compile(
    r"^(?:(?:phan|cau phan|muc|mang|nhom|noi dung|strand)\s+)?"
    r"(?:(?:[ivx]+|[a-h]|\d+)\s+)?"
    r"(?:(?:cau phan|phan|mang|nhom|linh vuc|cong tac|nhiem vu|hoat dong|noi dung|ve)\s+)*"
)


def strand_of(text: str) -> str | None:
    """The strand that the text names and nothing else, numbering aside."""
    words = words_of(text)
    return _STRAND_OF.get(words) or _STRAND_OF.get(_BEFORE.sub("", words, count=1))
