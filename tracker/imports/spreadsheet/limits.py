"""How much of a spreadsheet is read: far more than a plan needs, far less than a server has."""

MIB = 1024 * 1024

FILE_BYTES = 20 * MIB
UNZIPPED_BYTES = 100 * MIB
# A sheet of borders and blanks packs about a hundred to one; a bomb packs a thousand to one.
UNZIPPED_RATIO = 250
RATIO_COUNTS_FROM_BYTES = 10 * MIB
ARCHIVE_MEMBERS = 2_000
SHEETS = 100
ROWS = 20_000
COLUMNS = 100
TEXT_CHARACTERS = 20_000_000

CHILD_MEMORY_BYTES = 768 * MIB
CHILD_CPU_SECONDS = 30
CHILD_WALL_SECONDS = 60
CHILDREN_AT_ONCE = 2
