"""How much a case may hold: one set of limits for the command line, the page and Python, told in words where met.

They are many times what a city needs (the shipped case has 1,700 cells in 60 kB), and such that the worst that they let
in is read and checked within 20 seconds and a gigabyte on two cores of an office computer, which
`tests/reading/test_floods.py` measures.
"""

from __future__ import annotations

LARGEST = 10 * 2**20
"""Bytes of a file that is read, or of a request to the page: what mail systems let through, too."""

LARGEST_UNPACKED = 100_000_000
"""Bytes of the contents of a packed file, or of the files of a folder: they are in memory two or three times."""

LARGEST_RATIO = 200
"""Times that contents of more than a megabyte may be larger than packed: sheets shrink by 5 to 40."""

MOST_MEMBERS = 2_000
"""Files in a packed one: a workbook of the contract has under 100; each costs the reader of workbooks a search."""

MOST_CELLS = 1_000_000
"""Cells of all tables together, blank ones in between included: some 10 microseconds and 300 bytes each."""

MOST_ROWS = 250_000
"""Rows of a file or a sheet, blank ones included."""

MOST_NAMED = {
    "tracks": 50_000,
    "candidates": 5_000,
    "measures": 5_000,
    "factors": 500,
    "indicators": 500,
    "resources": 100,
}
"""Rows of tables whose rows are set against one another. Of tracks, methods that compare every pair take fewer
(`mcda.checks.MOST_COMPARED`)."""

MOST_COLUMNS = 16_384
"""Columns of a table: those of a sheet of Excel."""

LONGEST_TEXT = 32_767
"""Signs of a cell: what a cell of a workbook holds, so that every case can be written as one."""

MOST_TEXT = 20_000_000
"""Signs of all cells of a sheet together: a text that a workbook holds once may be shown by every cell."""

MOST_SPANNED = 1_000_000
"""Rows of all merged ranges of a sheet together: a text holds for each of them."""

DEEPEST = 20_000
"""Elements of a workbook's part inside one another are never more than a dozen; those of a bomb are."""

LARGEST_TABLE = 20_000_000
"""Bytes of a CSV file: as a text it may take eight times as many."""

LARGEST_TOML = 500_000
"""Bytes of ``case.toml``: its reader takes a second for each half megabyte."""

MOST_SETTINGS = 1_000
"""Settings of a case; there are seventeen that mean something."""

DEEPEST_TREE = 100
"""Factors above a factor."""

LONGEST_NAME = 200
"""Bytes of a name that becomes a file's: most systems hold 255, of which a suffix and a mark need some."""

MOST_ALIKE = 10
"""Problems of one kind, of one column of a table, that are told one by one."""
