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
      document.addEventListener("settled", toLast, { once: true });
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
  if (element.id === "search") return search();
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
    const [row, up] = [target.closest("tr"), event.key === "ArrowUp"];
    const stand = (to) => to?.cells[at]?.querySelector("input, select")?.focus();
    const page = row === bodyRows().at(up ? 0 : -1) && pageTo(up ? -1 : 1);
    if (page) turn({ page }, () => stand(bodyRows().at(up ? -1 : 0)));
    else {
      const every = [...target.closest("table").rows].filter((one) => one.offsetParent);
      stand(every[every.indexOf(row) + (up ? -1 : 1)]);
    }
    event.preventDefault();
  }
}

// --- pages of a table

const LAST = 1e9;
const sheet = () => document.querySelector(".sheet-of");
const bodyRows = (of = sheet()) => [...of.querySelectorAll("table.cells > tbody > tr[data-row]")];
const pageNow = () => Number(by("page")?.getAttribute("value") ?? 1);

// The page some steps further on, if there is one.
const pageTo = (step) => {
  const to = pageNow() + step;
  return to >= 1 && to <= Number(by("page")?.dataset.most ?? 1) ? to : 0;
};

rowsShown = () => {
  const search = by("search")?.value.trim() ?? "";
  const held = search ? bodyRows().map((row) => row.dataset.row.slice(row.dataset.row.indexOf(":") + 1)) : [];
  return { search, page: pageNow(), held };
};

async function look({ search, page }) {
  const query = new URLSearchParams({ ...(shown().plan ? shown() : {}), search, page });
  const response = await fetch(`/sheet/${sheet().id.replace("sheet-", "")}?${query}`);
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function made({ html }) {
  const holder = document.createElement("template");
  holder.innerHTML = html; // rendered and escaped by the server
  return holder.content;
}

// Show other rows of the table; what was refused and not mended is put back. The address keeps which rows they are.
let turning = 0;
async function turn(to, then) {
  if (settled(() => turn(to, then))) return;
  const mine = (turning += 1);
  const wanted = { ...rowsShown(), ...to };
  try {
    const found = await look(wanted);
    if (mine !== turning) return;
    if (running && !resting) return turn(to, then); // a change has come between
    for (const cell of sheet().querySelectorAll("[data-cell][data-unfinished=yes]")) putBack(cell);
    quiet();
    if (to.search !== undefined && by("search").value.trim() !== to.search) by("search").value = to.search;
    replace(sheet(), found);
    if (by("page")) by("page").value = pageNow();
    const query = new URLSearchParams(Object.entries({ search: wanted.search, page: pageNow() > 1 ? pageNow() : "" }).filter(([, text]) => text));
    history.replaceState(null, "", location.pathname + (String(query) ? `?${query}` : ""));
    for (const back of document.querySelectorAll("input[name=back]")) back.value = location.pathname + location.search;
    then?.();
  } catch {
    if (mine === turning) refuse([workspace.dataset.failed]);
  }
}

// What was added stands at the end.
const toLast = () => (by("page") || by("search")?.value.trim()) && turn({ search: "", page: LAST });

let searching = 0;
function search() {
  clearTimeout(searching);
  searching = setTimeout(() => turn({ page: 1 }), 150);
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

async function pasted(event) {
  const element = event.target;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if ((element.dataset.cell === undefined && element.dataset.new === undefined) || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const table = element.closest("table");
  const at = element.closest("td").cellIndex;
  let block = grid(text);
  const heads = [...table.tHead.rows[0].cells].slice(at).map((cell) => cell.innerText.trim().split("\n")[0]);
  if (block[0].every((cell, n) => cell.trim().split("\n")[0] === heads[n])) block = block.slice(1);
  const held = bodyRows();
  const start = element.dataset.new !== undefined ? held.length : held.indexOf(element.closest("tr"));
  const isNew = element.dataset.new !== undefined;
  try {
    for (let step = 1; !isNew && held.length < start + block.length && pageTo(step); step += 1) {
      held.push(...bodyRows(made(await look({ ...rowsShown(), page: pageTo(step) })))); // the block goes on below the page
    }
  } catch {
    return refuse([workspace.dataset.failed]);
  }
  const cells = [];
  const added = [];
  block.forEach((texts, n) => {
    const row = held[start + n] ?? table.tFoot.rows[0];
    const given = [];
    texts.forEach((cell, m) => {
      const control = row.cells[at + m]?.querySelector("[data-cell], [data-new]");
      if (!control) return;
      const value = valueIn(control, cell) + (control.dataset.unit && cell.trim() ? `|${control.dataset.unit}` : "");
      if (control.dataset.new !== undefined) given.push([control.dataset.new, value]);
      else cells.push([(control.dataset.do === "budget" ? "budget:" : "") + control.dataset.of, value]);
    });
    if (given.length) added.push(given);
  });
  quiet();
  if (!isNew) putBack(element);
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
document.addEventListener("change", ({ target }) => {
  if (target.id === "page") turn({ page: figure(target.value) >= 1 ? Math.floor(figure(target.value)) : pageNow() });
});
document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-turn]");
  if (to && to.hash === undefined) turn({ page: Number(to.dataset.turn) });
  else if (to) {
    event.preventDefault();
    turn({ search: "", page: Number(to.dataset.turn) }, () => (location.hash = to.hash));
  } else if (event.target.closest(".add")) add(event.target.closest("tr"));
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
