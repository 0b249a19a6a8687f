"""Word files of an organisation as layouts of reports.

`checking` says what is wrong with one, `rendering` fills one in, `sample` is what it is tried with.
`package` lets only harmless files in; `placeholders` is the list of what can be filled in.
"""
