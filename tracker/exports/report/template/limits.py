"""How large a template may be: far more than a letterhead needs, far less than a server has."""

MIB = 1024 * 1024

FILE_BYTES = 5 * MIB
UNZIPPED_BYTES = 40 * MIB
XML_BYTES = 3 * MIB
PARTS = 300
ELEMENTS = 50_000  # of a part
DEPTH = 200
# A text box holds paragraphs within a paragraph; deeper is nothing that people make.
PARAGRAPHS_DEEP = 4
PLACEHOLDERS = 300
PIXELS = 40_000_000
