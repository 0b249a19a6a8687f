"""The two plan workbooks the project ships: a filled example and a blank template."""

from tracker.exports.plan_workbook.layout import example, template

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = ["CONTENT_TYPE", "example", "template"]
