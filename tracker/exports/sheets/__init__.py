"""Tables a person can filter, as a workbook and as text: the same sheets in every export."""

from tracker.exports.sheets.columns import Cell, Column, Sheet

__all__ = ["Cell", "Column", "Sheet"]
