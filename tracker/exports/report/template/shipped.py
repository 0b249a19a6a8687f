"""The shipped layout as a template: what an administrator begins with."""

from dataclasses import replace

from tracker.exports.report import docx
from tracker.exports.report.paper import paper
from tracker.exports.report.shapes import Paragraph
from tracker.exports.report.template.placeholders import ADDRESSEES, BODY, RECIPIENTS
from tracker.exports.report.template.sample import sample
from tracker.words import DEFAULT_LANGUAGE, language


def starting_point() -> bytes:
    """A Word file with a placeholder wherever the shipped layout has something of a report."""
    page = paper(sample(), language(DEFAULT_LANGUAGE))
    return docx.write(
        replace(
            page,
            title="",
            author="",
            identifier="",
            superior="[[Cơ quan chủ quản]]",
            issuing="[[Cơ quan ban hành]]",
            number="[[Số và ký hiệu]]",
            place_and_date="[[Địa danh và ngày]]",
            kind="[[Loại văn bản]]",
            subject="[[Trích yếu]]",
            to="",
            addressees=(f"[[{ADDRESSEES.name}]]",),
            blocks=(Paragraph(f"[[{BODY.name}]]"),),
            authority="[[Thẩm quyền ký]]",
            post="[[Chức vụ người ký]]",
            signer="[[Người ký]]",
            recipients=(f"[[{RECIPIENTS.name}]]",),
            appendices=(),
            mark="[[Dự thảo]]",
            urgency="[[Mức độ khẩn]]",
            address=("[[Địa chỉ]]",),
        )
    )
