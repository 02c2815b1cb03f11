"""The first sheet of a case: what the workbook holds, what is to be filled in, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping

from ..case.case import Case
from ..case.tables import BY_NAME, IN_ORDER
from ..render.book import INK, KIND_COLOURS, Book, height, put
from ..texts.say import both, say

TITLE = "guide 说明"


def guide(book: Book, case: Case, judgements: Mapping[str, str], file: str) -> None:
    """Write the guide; *judgements* are the titles of the sheets by judgement, *file* is the workbook's name."""
    sheet = book.sheet(TITLE, "#C00000")
    for column, width in enumerate((24, 58, 58, 9, 16)):
        sheet.set_column(column, column, width)
    wrapped = book.style(text_wrap=True, valign="top")
    put(sheet, 0, 0, case.title("zh"), book.title)
    put(sheet, 1, 0, case.title("en"), book.style(font_size=12, font_color="#7F7F7F"))
    sheet.set_row(0, 28)
    row = 3
    for key in ("what", "how", "helper"):
        texts = [say(f"guide.{key}", lang) for lang in ("zh", "en")]
        for column, text in enumerate(texts, 1):
            put(sheet, row, column, text, wrapped)
        sheet.set_row(row, height(texts, (58, 58)))
        row += 1
    row += 1
    heads = [
        both("guide.sheet"),
        say("guide.holds", "zh"),
        say("guide.holds", "en"),
        both("guide.rows"),
        both("guide.need"),
    ]
    for column, text in enumerate(heads):
        put(sheet, row, column, text, book.heading)
    sheet.set_row(row, 34)
    line = {"bottom": 1, "bottom_color": "#D9D9D9"}
    for title, table, rows in _sheets(case, judgements):
        row += 1
        need = (BY_NAME[table].needed_to if table in BY_NAME else "") or "no"
        link = book.style(font_color="#0563C1", underline=1, **line)
        sheet.write_url(row, 0, f"internal:'{title.replace(chr(39), chr(39) * 2)}'!A1", link, _name(title, table))
        for column, lang in enumerate(("zh", "en"), 1):
            put(sheet, row, column, say(f"holds.{table}", lang), book.style(text_wrap=True, **line))
        sheet.set_row(row, height([say(f"holds.{table}", lang) for lang in ("zh", "en")], (58, 58)) + 3)
        put(sheet, row, 3, rows, book.style(align="center", **line))
        put(
            sheet,
            row,
            4,
            " ".join(say(f"need.{need}", lang) for lang in ("zh", "en")),
            book.style(bold=need != "no", font_color=INK if need != "no" else "#7F7F7F", **line),
        )
    row += 2
    put(sheet, row, 0, both("guide.colours").replace("\n", " "), book.style(bold=True, font_color=INK))
    for kind, colour in KIND_COLOURS.items():
        look = book.style(bg_color=colour, border=1, border_color="#BFBFBF")
        for column, lang in enumerate(("zh", "en"), 1):
            put(sheet, row, column, say(f"guide.kind.{kind}", lang), look)
        row += 1
    row += 1
    put(sheet, row, 0, both("guide.next").replace("\n", " "), book.style(bold=True, font_color=INK))
    for key in ("check", "plan"):
        for column, lang in enumerate(("zh", "en"), 1):
            put(sheet, row, column, say(f"guide.{key}", lang, file=file), wrapped)
        sheet.set_row(row, 34)
        row += 1
    sheet.activate()


def _sheets(case: Case, judgements: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return title, table and number of rows of every sheet, in order."""
    held: dict[str, list[tuple[str, str, int]]] = {
        name: [(name, name, len(table.rows))] for name, table in case.tables.items() if table.present
    }
    held["judgements"] = [(t, "judgements", len(case.judgements[name].labels)) for name, t in judgements.items()]
    settings = len(case.settings.model_dump(exclude_unset=True))
    return [("case", "case", settings), *(sheet for name in IN_ORDER for sheet in held.get(name, ()))]


def _name(title: str, table: str) -> str:
    return f"{say(f'table.{table}', 'zh')}  {title}"
