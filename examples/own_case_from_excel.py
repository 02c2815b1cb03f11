"""A case of one's own from Excel: start a workbook, change a cell, read it back, plan.

Run: python examples/own_case_from_excel.py
"""

import tempfile
from pathlib import Path

import saidao

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "mycity.xlsx"
    saidao.save_case(saidao.load_case("shanghai"), path)  # on the command line: saidao new mycity.xlsx

    # in Excel one would type; here a library does: half the land
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book["resources"]
    heads = [cell.value for cell in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        if row[heads.index("resource")].value == "land":
            row[heads.index("budget")].value = 70
    book.save(path)

    case = saidao.load_case(path)  # every error at once, with sheet and cell
    plan = saidao.plan(case)
    print(f"{case.title()}: with 70 ha of land {plan.closed_share:.1%} of the gap is closed")
    print(plan.to_frame("resources")[["resource", "budget", "used"]].to_string(index=False))
