"""A report as a file: `formats` finds the format, the other modules are one per format.

`paper` says what stands on the page, in one language and without a format; `docx` and `pdf`
only lay it out, so that both say the same. `xlsx` and `csv` carry every row.
"""
