"""Workbooks that are written: a case with all it holds (`case_sheets`), and results (`result_sheets`, `plan_sheets`).

`book` knows the writer and the look, `words` what is said, `guide` the first sheet of a case.
"""
