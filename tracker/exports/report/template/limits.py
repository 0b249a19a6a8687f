"""How large a template may be: far more than a letterhead needs, far less than a server has."""

MIB = 1024 * 1024

FILE_BYTES = 5 * MIB
UNZIPPED_BYTES = 40 * MIB
XML_BYTES = 8 * MIB
PARTS = 300
ELEMENTS = 150_000
DEPTH = 200
PIXELS = 40_000_000
