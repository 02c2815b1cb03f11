// Tables that are edited where they stand: what a change would do is told while it is typed, and made when it is kept.
"use strict";

const effect = by("effect-of");
let editing = null; // the cell, or the row to be added, that is being typed in
let thinking = 0;

const withUnit = (element) => (element.dataset.unit && element.value.trim() ? `${element.value}|${element.dataset.unit}` : element.value);
const edit = (element) => ({ do: element.dataset.do, of: element.dataset.of, to: withUnit(element) });
const own = (element) => (element.tagName === "SELECT" ? [...element.options].find((o) => o.defaultSelected)?.value ?? "" : element.getAttribute("value"));

function keepCell(element) {
  quiet();
  if (element.value === own(element)) return putBack(element);
  element.dataset.unfinished = "yes"; // until the answer is there
  queue([edit(element)]);
}

function putBack(element) {
  delete element.dataset.unfinished;
  element.removeAttribute("aria-invalid");
  const value = own(element);
  if (element.value !== value) element.value = value;
}

// What the server refused stays as it was typed, and is told at the cell.
function answered(faults) {
  for (const element of document.querySelectorAll("[data-cell][data-unfinished=yes]")) {
    const fault = faults[element.dataset.of];
    if (fault === undefined) delete element.dataset.unfinished;
    else sayAt(element, fault, true);
  }
  const row = document.querySelector(".adding[data-sent]");
  if (row) {
    delete row.dataset.sent;
    const fault = faults[row.dataset.table];
    if (fault === undefined) {
      for (const input of row.querySelectorAll("input")) input.value = "";
      quiet();
    } else sayAt(row.querySelector("input, select"), fault, true);
  }
}

function sayAt(element, text, bad) {
  editing = element;
  effect.querySelector("span").textContent = text;
  effect.classList.toggle("bad", bad);
  effect.querySelector(".keep").hidden = bad;
  effect.hidden = !text;
  if (element.dataset.cell !== undefined) element.toggleAttribute("aria-invalid", bad);
}

function quiet() {
  clearTimeout(thinking);
  thinking = 0;
  effect.hidden = true;
  editing = null;
}

// Ask what a change would do when the planner pauses; an answer to what has moved on is not shown.
function think(change, then) {
  clearTimeout(thinking);
  const mine = (thinking = setTimeout(async () => {
    const found = await foresee([change]).catch(() => null);
    if (found && thinking === mine) then(found);
  }, 200));
}

const fields = (row) => [...row.querySelectorAll("[data-new]")];
const newRow = (row) => fields(row).map((input) => [input.dataset.new, withUnit(input)]).filter(([, text]) => text.trim());
function add(row) {
  row.dataset.sent = "yes";
  queue([{ do: "row", of: row.dataset.table, to: JSON.stringify(newRow(row)) }]);
}

function typing(event) {
  const element = event.target;
  if (element.dataset.cell !== undefined) {
    if (element.value === own(element)) return quiet();
    element.dataset.unfinished = "yes";
    think(edit(element), ({ told, fault }) => sayAt(element, fault || told, Boolean(fault)));
  } else if (element.dataset.new !== undefined) {
    const row = element.closest("tr");
    think({ do: "row", of: row.dataset.table, to: JSON.stringify(newRow(row)) }, ({ told, fault }) => sayAt(element, fault || told, Boolean(fault)));
  } else if (element.closest("#build")) building();
}

function giveUp(element) {
  quiet();
  if (element.dataset.cell !== undefined) putBack(element);
  else for (const input of fields(element.closest("tr"))) if (input.tagName === "INPUT") input.value = "";
}

function keys(event) {
  const { target } = event;
  if (target.dataset.cell === undefined && target.dataset.new === undefined) return;
  if (event.key === "Escape" && (target.dataset.unfinished || target.dataset.new !== undefined)) {
    giveUp(target);
    event.stopPropagation();
  } else if (event.key === "Enter" && target.dataset.new !== undefined) {
    add(target.closest("tr"));
    event.preventDefault();
  } else if (target.tagName === "INPUT" && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    const at = target.closest("td").cellIndex;
    const rows = [...target.closest("table").rows].filter((row) => row.offsetParent);
    const next = rows[rows.indexOf(target.closest("tr")) + (event.key === "ArrowUp" ? -1 : 1)];
    next?.cells[at]?.querySelector("input, select")?.focus();
    event.preventDefault();
  }
}

// --- a block from a spreadsheet

function grid(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const row = rows.at(-1);
    if (quoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (sign === '"' && (quoted || row.at(-1) === "")) quoted = !quoted;
    else if (!quoted && sign === "\t") row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.some((cell) => cell.trim()));
}

const valueIn = (element, text) =>
  element.tagName === "SELECT" ? [...element.options].find((o) => o.text.trim() === text.trim())?.value ?? text.trim() : text.trim();

function pasted(event) {
  const element = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if ((element.dataset.cell === undefined && element.dataset.new === undefined) || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const table = element.closest("table");
  const at = element.closest("td").cellIndex;
  let block = grid(text);
  const heads = [...table.tHead.rows[0].cells].slice(at).map((cell) => cell.innerText.trim().split("\n")[0]);
  if (block[0].every((cell, n) => cell.trim().split("\n")[0] === heads[n])) block = block.slice(1);
  const rows = [...table.tBodies[0].rows].filter((row) => row.offsetParent && row.dataset.row);
  const start = element.dataset.new !== undefined ? rows.length : rows.indexOf(element.closest("tr"));
  const cells = [];
  const added = [];
  block.forEach((texts, n) => {
    const row = rows[start + n] ?? table.tFoot.rows[0];
    const made = [];
    texts.forEach((cell, m) => {
      const control = row.cells[at + m]?.querySelector("[data-cell], [data-new]");
      if (!control) return;
      const value = valueIn(control, cell) + (control.dataset.unit && cell.trim() ? `|${control.dataset.unit}` : "");
      if (control.dataset.new !== undefined) made.push([control.dataset.new, value]);
      else cells.push([(control.dataset.do === "budget" ? "budget:" : "") + control.dataset.of, value]);
    });
    if (made.length) added.push(made);
  });
  quiet();
  if (element.dataset.cell !== undefined) putBack(element);
  queue([{ do: "block", of: table.dataset.table, to: JSON.stringify({ cells, rows: added }) }]);
}

// --- a rule as a sentence

function rule() {
  const kind = by("build-kind").value;
  const sentence = document.querySelector(`#build [data-kind=${kind}]`);
  const slots = (name) => [...sentence.querySelectorAll(`[data-slot=${name}]`)].map((slot) => slot.value).filter(Boolean);
  const [group] = slots("group");
  const [unit] = slots("unit");
  const [amount] = slots("amount");
  const made = [["kind", kind]];
  if (group) made.push(["over", group.split("/")[0]], ["key", group.slice(group.indexOf("/") + 1)]);
  else made.push(["key", [...new Set(slots("key"))].join(";")]);
  made.push(["of", slots("of").join("|")]);
  if (amount && unit === "%") made.push(["share", String(figure(amount) / 100)]);
  else if (amount) made.push(["amount", unit ? `${amount}|${unit}` : amount]);
  return { change: { do: "row", of: "rules", to: JSON.stringify(made) }, ready: !sentence.querySelector("[data-slot=amount]") || Boolean(amount) };
}

function building() {
  const kind = by("build-kind").value;
  for (const sentence of document.querySelectorAll("#build [data-kind]")) sentence.hidden = sentence.dataset.kind !== kind;
  for (const unit of document.querySelectorAll("#build [data-slot=unit]")) {
    const of = unit.closest("p").querySelector("[data-slot=of]").value;
    for (const option of unit.options) option.hidden = option.disabled = Boolean(option.dataset.with) && option.dataset.with !== of;
    if (unit.selectedOptions[0]?.disabled ?? true) unit.value = [...unit.options].find((option) => !option.disabled).value;
  }
  const { change, ready } = rule();
  const box = by("build-effect");
  if (!ready) box.hidden = true;
  else
    think(change, ({ told, fault, rule: said }) => {
      box.textContent = fault || [said, told].filter(Boolean).join(" — ");
      box.classList.toggle("bad", Boolean(fault));
      box.hidden = false;
    });
}

document.addEventListener("input", typing);
document.addEventListener("keydown", keys, true);
document.addEventListener("paste", pasted);
document.addEventListener("click", (event) => {
  if (event.target.closest(".add")) add(event.target.closest("tr"));
  else if (event.target.closest("#effect-of .keep") && editing) {
    const row = editing.closest(".adding");
    if (row) add(row);
    else keepCell(editing);
  } else if (event.target.closest("#effect-of .leave") && editing) giveUp(editing);
});
document.addEventListener("submit", (event) => {
  if (event.target.id !== "build") return;
  event.preventDefault();
  by("build-effect").hidden = true;
  queue([rule().change]);
});
if (by("build")) building();
