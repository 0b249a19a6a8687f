"""A report as one HTML file: to filter, sort, read and print without a network or an account."""

from tracker.exports.report.one_file.page import render

__all__ = ["render"]
