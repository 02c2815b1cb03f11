// Writes into the contents on which page of paper each section begins, when the sheet is printed: it is laid out once more,
// out of sight, in columns of the size of a page, which break where pages do.
"use strict";
(() => {
  const WIDTH = "182mm", HEIGHT = "265mm"; // A4 less its margins, as in the style sheet

  // The rules that hold on paper.
  function paper() {
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const held = rules.flatMap((rule) => (!rule.media ? [rule] : rule.media.mediaText === "print" ? [...rule.cssRules] : []));
    return held.filter((rule) => !(rule instanceof CSSPageRule)).map((rule) => rule.cssText).join("\n");
  }

  // The head of a table stands on each of its pages again: where columns have it by themselves there is room for it above
  // the first row, elsewhere it is put there.
  function repeat(table, page) {
    const top = table.ownerDocument.body.getBoundingClientRect().top;
    const rows = [...(table.tBodies[0]?.rows ?? [])].filter((row) => row.getClientRects().length);
    let before = rows.length && page(rows[0]);
    for (const row of rows) {
      if (page(row) === before) continue;
      before = page(row);
      if (row.getClientRects()[0].top > top + 1) continue;
      const again = [...table.tHead.rows].map((head) => head.cloneNode(true));
      again[0].style.breakBefore = "column";
      row.before(...again);
    }
  }

  function number() {
    const frame = document.createElement("iframe");
    frame.style.cssText = `position: absolute; visibility: hidden; border: 0; width: ${WIDTH}; height: ${HEIGHT}`;
    document.body.append(frame);
    const laid = frame.contentDocument;
    laid.write("<!DOCTYPE html><style></style><body>"); // a document without a type is laid out otherwise
    laid.close();
    laid.documentElement.lang = document.documentElement.lang;
    const pages = `width: ${WIDTH}; height: ${HEIGHT}; columns: ${WIDTH}; column-gap: 0; column-fill: auto`;
    laid.querySelector("style").textContent = `${paper()} body { ${pages} }`;
    laid.body.innerHTML = document.body.innerHTML;
    const wide = laid.body.getBoundingClientRect().width;
    const page = (element) => Math.floor((element.getClientRects()[0].left + 1) / wide) + 1;
    for (const table of laid.querySelectorAll("table")) repeat(table, page);
    for (const link of document.querySelectorAll("nav a")) {
      link.nextElementSibling.textContent = String(page(laid.getElementById(link.hash.slice(1))));
    }
    frame.remove();
  }
  addEventListener("beforeprint", number);
})();
