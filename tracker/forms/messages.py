"""The sentences of WTForms in our languages: it ships none in Vietnamese."""

from flask import g

from tracker import words
from tracker.words import N_, Language

# What WTForms and Flask-WTF say, as our own message ids.
MESSAGES: dict[str, str] = {
    "This field is required.": N_("Bắt buộc nhập."),
    "Not a valid choice.": N_("Hãy chọn một mục trong danh sách."),
    "Not a valid choice": N_("Hãy chọn một mục trong danh sách."),
    "Invalid Choice: could not coerce.": N_("Hãy chọn một mục trong danh sách."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_(
        "Hãy chọn một mục trong danh sách."
    ),
    "'%(value)s' is not a valid choice for this field.": N_("Hãy chọn một mục trong danh sách."),
    "'%(value)s' are not valid choices for this field.": N_("Hãy chọn một mục trong danh sách."),
    "Not a valid integer value.": N_("Hãy nhập một số nguyên."),
    "Not a valid decimal value.": N_("Hãy nhập một số."),
    "Not a valid date value.": N_("Hãy nhập ngày dạng dd/mm/yyyy."),
    "Number must be between %(min)s and %(max)s.": N_("Hãy nhập số từ %(min)s đến %(max)s."),
    "Number must be at least %(min)s.": N_("Hãy nhập số từ %(min)s trở lên."),
    "Number must be at most %(max)s.": N_("Hãy nhập số không quá %(max)s."),
    "Invalid email address.": N_("Địa chỉ thư không đúng, ví dụ: ten@coquan.gov.vn."),
    "Invalid input.": N_("Giá trị không hợp lệ."),
    "Field must be equal to %(other_name)s.": N_("Hai lần nhập phải giống nhau."),
    "Field must be at least %(min)d character long.": N_("Cần ít nhất %(min)d ký tự."),
    "Field must be at least %(min)d characters long.": N_("Cần ít nhất %(min)d ký tự."),
    "Field cannot be longer than %(max)d character.": N_("Không quá %(max)d ký tự."),
    "Field cannot be longer than %(max)d characters.": N_("Không quá %(max)d ký tự."),
    "Field must be between %(min)d and %(max)d characters long.": N_(
        "Cần từ %(min)d đến %(max)d ký tự."
    ),
    "File does not have an approved extension: {extensions}": N_("Loại tệp này không đọc được."),
}


def language() -> Language:
    """The reader's language, bound to the request by `web.language`."""
    return g.get("language") or words.language(words.DEFAULT_LANGUAGE)


class Translations:
    """What WTForms asks for its sentences."""

    def gettext(self, text: str) -> str:
        """A sentence of WTForms, or one of ours, in the reader's language."""
        return language().gettext(MESSAGES.get(text, text))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same by number; our sentences are alike for one and many."""
        return self.gettext(one if number == 1 else many)
