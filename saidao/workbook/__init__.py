"""Workbooks that are written: a case with all it holds (`case_sheets`), and results (`results`, `plan_sheets`).

`guide` is the first sheet of a case, `template` a case to be filled in; `render.book` knows the writer and the look.
"""
