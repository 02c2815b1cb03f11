// Sends each change as it is made and shows what the server answers. One request runs at a time; what changes meanwhile
// waits, the newest of each control only, so that no answer is shown that is older than one already seen.
"use strict";

const waiting = new Map(); // changes by control, newest only
let running = false;
let late = false; // whether parts are still to come: the server sends what takes long when it is asked for no change
let lasted = 0; // how many ms such parts took last
let resting = null; // what waits for them, or before it asks for them: a change ends it
let number = 0; // of the newest request
let stale = false; // whether somebody else has changed the plan since: nothing is sent until the planner has chosen
let newest = 0; // the revision that somebody else has made
let failures = 0; // how many times in a row a change could not be sent
let stepNumber = Date.now(); // changes of one thing in one turn are one step to undo; what is confirmed ends it
let entered = {}; // the field that was entered, and what stood there
let apart = false; // whether what waits goes into a plan of its own

let rowsShown = null; // tells which rows of a table are on the page, where there is one
let giveBackWeight = null; // gives up what weights were changed by, where there are bars and questions

const by = (id) => document.getElementById(id);
const workspace = document.querySelector(".workspace");

const newTurn = () => String((stepNumber += 1));

function queue(changes) {
  for (const change of changes) {
    const once = ["undo", "redo"].includes(change.do);
    const key = once ? `${change.do} ${waiting.size}` : `${change.do} ${change.of}`;
    waiting.delete(key); // so that it comes last
    waiting.set(key, change.turn ? change : { ...change, turn: newTurn() }); // a step by itself, where none is told
  }
  if (stale) return;
  workspace.setAttribute("aria-busy", "true");
  if (!running) send();
  else if (waiting.size) resting?.abort();
}

// The plan and the revision that this page shows: what it asks for and takes away is of that.
const shown = () => ({ plan: workspace.dataset.plan, revision: Number(workspace.dataset.revision) });
const at = (path) => (shown().plan ? `${path}?${new URLSearchParams(shown())}` : path);

function keep(answer) {
  const { plan, revision, saved } = answer;
  const view = (name) => `/plan/${plan}${name ? `/${name}` : ""}`;
  if (plan && plan !== workspace.dataset.plan) history.replaceState(null, "", view(workspace.dataset.view) + location.search);
  Object.assign(workspace.dataset, { plan, revision, saved: saved ?? "" });
  for (const link of document.querySelectorAll("#export a")) link.href = at(new URL(link.href).pathname);
  if (plan) for (const link of document.querySelectorAll("a[data-view]")) link.href = view(link.dataset.view);
  for (const back of document.querySelectorAll("input[name=back]")) back.value = location.pathname + location.search;
  tellSaved();
  current();
}

// The table that is shown is marked among the others.
function current() {
  const sheet = document.querySelector(".sheet-of")?.id.replace("sheet-", "");
  for (const link of document.querySelectorAll(".chosen a")) {
    if (link.dataset.view === `data/${sheet}`) link.setAttribute("aria-current", "page");
  }
}

// Where a change could not be sent, or is not what it was made upon, nothing is told to be saved.
function tellSaved(isSaved = true) {
  const { saved, savedText } = workspace.dataset;
  const time = saved && new Date(saved).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  if (by("saved")) by("saved").textContent = time && isSaved ? savedText.replace("{}", time) : "";
}

// Somebody else was quicker: who has changed what from what to what, and what to do with one's own change.
function choose({ told, rows, revision }) {
  stale = true;
  newest = revision;
  tellSaved(false);
  refuse([told]);
  const body = by("stale").querySelector("tbody");
  body.replaceChildren(...rows.map((row) => {
    const line = document.createElement("tr");
    const at = new Date(row.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
    for (const text of [row.who, at, row.what, row.from, row.to]) line.insertCell().textContent = text;
    return line;
  }));
  by("stale").hidden = false;
  by("theirs").focus();
}

function settle(how) {
  by("stale").hidden = true;
  refuse([]);
  stale = false;
  how();
  queue([]);
}

// What could not be sent is sent again by itself, each time after a longer while.
function again() {
  refuse([workspace.dataset.retry]);
  failures += 1;
  setTimeout(() => running || send(), Math.min(1000 * 2 ** (failures - 1), 30000));
}

async function send() {
  running = true;
  while (waiting.size || late) {
    const sent = [...waiting];
    const changes = sent.map(([, change]) => change);
    const changing = changes.length > 0;
    waiting.clear();
    late = false;
    resting = changing ? null : new AbortController();
    const slow = setTimeout(() => changing && workspace.classList.add("slow"), 300);
    const marks = {};
    for (const part of document.querySelectorAll(changing ? ".part" : ".part[data-late]")) marks[part.id] = part.dataset.mark;
    const request = { number: ++number, changes, marks, lang: document.documentElement.lang, ...shown(), apart, why: asked?.of ?? "", window: rowsShown?.() };
    try {
      if (!changing && lasted > 300) await pausing(Math.min(lasted, 2000));
      const begun = performance.now();
      const response = await fetch("/change", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(request),
        signal: resting?.signal,
      });
      if (response.status === 409) {
        const answer = await response.json();
        if (!answer.stale) return location.assign(answer.plan ? `/plan/${answer.plan}${workspace.dataset.view && `/${workspace.dataset.view}`}` : "/"); // it has other tracks
        for (const [key, change] of sent) if (!waiting.has(key)) waiting.set(key, change);
        choose(answer.stale);
        break;
      }
      if (!response.ok) throw new Error(String(response.status), { cause: response.status });
      const answer = await response.json();
      if (!changing) lasted = performance.now() - begun;
      apart = false;
      if (failures) refuse([]);
      failures = 0;
      keep(answer);
      if (answer.number !== number || (!changing && waiting.size)) continue;
      if (changing && by("effect-of")) answered(answer.faults);
      for (const of of Object.keys(answer.faults ?? {})) wrong(of);
      show(answer);
      if (changing) refuse(lines(answer));
      if (changing && asked && !waiting.size) answer.why && asked.of === request.why ? put(answer.why) : await tell(0);
      late = answer.late;
    } catch (error) {
      if (error.name === "AbortError") continue; // a change has come
      for (const [key, change] of sent) if (!waiting.has(key)) waiting.set(key, change); // to go with the next one
      tellSaved(!waiting.size);
      if (waiting.size && !(error.cause < 500 && error.cause !== 429)) again();
      else refuse([workspace.dataset.failed]);
      break;
    } finally {
      clearTimeout(slow);
      workspace.classList.remove("slow");
    }
  }
  running = false;
  resting = null;
  workspace.removeAttribute("aria-busy");
  document.dispatchEvent(new Event("settled"));
}

// Wait, unless a change comes.
const pausing = (time) => new Promise((done, ended) => {
  setTimeout(done, time);
  resting.signal.addEventListener("abort", () => ended(resting.signal.reason));
});

// A file is made by the server, which can take long: that it is, for how long, and how much of it has come is told; it can
// be stopped, and all else goes on.
let fetching = null;
async function take(link) {
  fetching?.abort();
  const [box, mine, begun] = [by("fetching"), (fetching = new AbortController()), Date.now()];
  const [said, bar, stop] = ["span", "progress", "button"].map((name) => box.querySelector(name));
  const say = (how) => (said.textContent = stop.dataset[how].replace("{}", link.textContent.trim()));
  const clock = setInterval(() => (box.querySelector("output").textContent = `${Math.round((Date.now() - begun) / 1000)} s`), 1000);
  box.querySelector("output").textContent = "";
  bar.hidden = stop.hidden = box.hidden = false;
  bar.removeAttribute("value");
  say("making");
  stop.onclick = () => mine.abort();
  try {
    const response = await fetch(link.href, { signal: mine.signal });
    if (!response.ok) {
      const told = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main .lead");
      throw new Error(told?.textContent.trim() || workspace.dataset.failed);
    }
    say("coming");
    bar.max = Number(response.headers.get("Content-Length"));
    const parts = [];
    for (let size = 0, reader = response.body.getReader(), part; !(part = await reader.read()).done; ) {
      parts.push(part.value);
      bar.value = size += part.value.length;
    }
    const name = decodeURIComponent(response.headers.get("Content-Disposition").split("''")[1]);
    const href = URL.createObjectURL(new Blob(parts, { type: response.headers.get("Content-Type") }));
    Object.assign(document.createElement("a"), { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    if (fetching === mine) box.hidden = true;
  } catch (error) {
    if (fetching !== mine) return; // another one was asked for
    bar.hidden = stop.hidden = true;
    if (error.name === "AbortError") say("stopped");
    else said.textContent = error.name === "TypeError" ? workspace.dataset.failed : error.message;
  } finally {
    clearInterval(clock);
  }
}

function show(answer) {
  for (const [id, part] of Object.entries(answer.parts)) replace(by(id), part);
  for (const [id, shown] of Object.entries(answer.flags)) {
    const element = by(id);
    if (!element) continue;
    if (element.tagName === "BUTTON") element.disabled = !shown;
    else element.hidden = !shown;
  }
  for (const [id, value] of Object.entries(answer.values)) assign(by(id), value);
}

function replace(element, part) {
  if (!element) return;
  const made = element.cloneNode(false);
  made.innerHTML = part.html; // rendered and escaped by the server
  morph(element, made);
  element.dataset.mark = part.mark;
}

// Make an element's children what they are in another, in place: what is focused, open or being typed stays so.
function morph(now, then) {
  const held = [...now.childNodes];
  const wanted = [...then.childNodes];
  wanted.forEach((to, at) => {
    const from = held[at];
    if (!from) now.append(to);
    else if (to.dataset?.later !== undefined && from.id === to.id && from.dataset.of === to.dataset.of) {
      for (const name of ["data-later", "data-more"]) from.setAttribute(name, ""); // the old one, grey, until it comes
    }
    else if (from.nodeType !== to.nodeType || from.nodeName !== to.nodeName) from.replaceWith(to);
    else if (to.nodeType !== Node.ELEMENT_NODE) {
      if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    } else {
      for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !KEPT.includes(name)) from.removeAttribute(name);
      for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
      if (from.tagName === "INPUT" && from.dataset.do && !from.dataset.unfinished) assign(from, to.getAttribute("value"));
      morph(from, to);
    }
  });
  for (const extra of held.slice(wanted.length)) extra.remove();
}
const KEPT = ["aria-current", "open", "data-open", "data-unfinished", "data-sent", "aria-invalid"];

function assign(element, value) {
  if (!element) return;
  if (waiting.has(`${element.dataset.do} ${element.dataset.of}`)) return; // it has moved on
  if (element.tagName === "OUTPUT") {
    element.textContent = value;
    return;
  }
  if (element.tagName === "SELECT" && ![...element.options].some((o) => o.value === value)) {
    element.add(new Option(value, value), 0); // a judgement off the scale
  }
  const taken = element.tagName === "SELECT" && [...element.options].find((o) => o.value === value && o.disabled);
  if (taken) Object.assign(taken, { disabled: false, text: taken.dataset.name }); // it is chosen, so it can be
  const typing = element === document.activeElement && element.tagName === "INPUT" && element.type !== "range";
  if (typing && (element.id === "keep-name" || figure(element.value) === figure(value))) return;
  if (typing && element.dataset.unfinished) return;
  if (element.value !== value) element.value = value;
}

// What is told at a cell need not be told above, too.
const lines = ({ refused, faults = {} }) => (Object.keys(faults).length && Object.keys(faults).every((of) => document.querySelector(`[data-cell][aria-invalid][data-of="${CSS.escape(of)}"]`)) ? [] : refused);

function refuse(lines) {
  const box = by("refusal");
  box.textContent = lines.join("\n");
  box.hidden = lines.length === 0;
}

const figure = (text) => Number(text.normalize("NFKC").replace(/[,，\s]/g, "") || NaN);

function changed(event) {
  const element = event.target;
  if (element.dataset.cell !== undefined) {
    if (event.type === "change") keepCell(element);
    return;
  }
  if (element.dataset.versus !== undefined) {
    if (event.type !== "change") return;
    beside = element.value;
    compare();
    return;
  }
  if (element.dataset.ask !== undefined) { // a target that is asked about, not chosen
    if (asked && event.type === "change") {
      asked.of = `target:${by("target").value / 100}:${by("target-save").value}`;
      tellAll();
    }
    return;
  }
  if (!element.dataset.do || element.tagName === "BUTTON") return;
  const typed = element.type === "number" || element.dataset.unit !== undefined || element.dataset.plain !== undefined;
  if (typed) {
    const good = figure(element.value) >= 0 && figure(element.value) < 1e50; // the largest that the server reads
    element.toggleAttribute("aria-invalid", !good);
    element.dataset.unfinished = good ? "" : "yes";
    if (!good && event.type === "input") return; // still being typed
  }
  const ended = event.type === "change";
  if (!(ended && element.dataset.sent === element.value)) putInPlace(element, element.value);
  if (!ended) return;
  stepNumber += 1;
  if (!element.dataset.unfinished) entered = { element, value: element.value };
}

// What the server refused stays as it was typed.
function wrong(of) {
  for (const element of document.querySelectorAll(`input[data-do][data-unit][data-of="${CSS.escape(of)}"]`)) {
    element.dataset.unfinished = "yes";
    element.setAttribute("aria-invalid", "");
  }
}

function putInPlace(element, value) {
  const unit = element.dataset.unit ? `|${element.dataset.unit}` : "";
  element.dataset.sent = value;
  queue([{ do: element.dataset.do, of: element.dataset.of, to: value + unit, turn: String(stepNumber) }]);
}

// Esc gives up what is being typed: the number stands again that was there before.
function giveBack(element) {
  if (entered.element !== element || element.dataset.do === undefined || element.value === entered.value) return false;
  delete element.dataset.unfinished;
  element.removeAttribute("aria-invalid");
  element.value = entered.value;
  if (element.dataset.sent !== undefined && element.dataset.sent !== entered.value) putInPlace(element, entered.value);
  refuse([]);
  return true;
}

function pressed(event) {
  const button = event.target.closest("button") ?? event.target.closest("tr")?.querySelector("button[data-why]");
  if (!button || button.disabled || event.target.closest("a, input, select, label")) return;
  if (button.dataset.do === "remove" && asked) leave(); // it may be what the panel is about
  if (button.dataset.changes) queue(JSON.parse(button.dataset.changes));
  else if (button.dataset.do) queue([{ do: button.dataset.do, of: button.dataset.of ?? "", to: button.dataset.to ?? "" }]);
  else if (button.dataset.why) explain(button);
  else if (button.dataset.tab) tab(button);
  else if (button.dataset.fold) fold(button);
  else if (button.dataset.unfold) by(button.dataset.unfold).classList.add("all");
  else if (button.classList.contains("close")) leave();
}

function tab(button) {
  workspace.dataset.tab = button.dataset.tab;
  for (const other of button.parentElement.querySelectorAll("[data-tab]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}

// What has no room on a phone folds out of a button.
function fold(button, open = !by(button.dataset.fold).classList.contains("open")) {
  by(button.dataset.fold).classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
}

// The panel that says why: of what was clicked, at the right; asked again after every change.
let asked = null;
async function explain(button) {
  asked = { of: button.dataset.why, from: button };
  for (const row of document.querySelectorAll("tr[data-open]")) row.removeAttribute("data-open");
  button.closest("tr")?.setAttribute("data-open", "");
  await tell(0);
  by("why").focus({ preventScroll: true });
  await tellAll(1);
}

// It comes in steps: why at once, then what would change it, last what takes longest. Returns whether more is to come.
async function tell(depth) {
  const { of } = asked;
  const { revision } = workspace.dataset;
  try {
    const response = await fetch(`${at("/why")}${shown().plan ? "&" : "?"}of=${encodeURIComponent(of)}&depth=${depth}`);
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (asked?.of !== of || revision !== workspace.dataset.revision) return false; // something else was asked since
    return put(html);
  } catch {
    if (asked?.of === of) leave();
    return false;
  }
}

function put(html) {
  const panel = by("why");
  replace(panel, { html, mark: "" });
  panel.hidden = false;
  return Boolean(panel.querySelector("[data-more]"));
}

async function tellAll(depth = 0) {
  while (depth <= 2 && !waiting.size && asked && (await tell(depth))) depth += 1;
}

// The plan beside another one: what differs at once, then what it comes from.
let versus = 0;
let beside = ""; // what is compared with, as long as there is such a thing
async function compare() {
  if ([...by("with").options].some((option) => option.value === beside)) by("with").value = beside;
  beside = by("with").value;
  const [box, other, asked] = [by("compared"), by("with").value, (versus += 1)];
  box.setAttribute("aria-busy", "true");
  for (const depth of [0, 1]) {
    try {
      const response = await fetch(`${at("/compared")}${shown().plan ? "&" : "?"}with=${encodeURIComponent(other)}&depth=${depth}`);
      if (!response.ok) throw new Error(String(response.status));
      const html = await response.text();
      if (asked !== versus) return; // something else was asked since
      replace(box, { html, mark: "" });
    } catch {
      if (asked === versus) box.textContent = workspace.dataset.failed;
      break;
    }
    if (!box.querySelector("[data-more]")) break;
  }
  if (asked === versus) box.removeAttribute("aria-busy");
}

// The exact curve of a budget: today's point is dragged along it, or stepped by keys. What it closes there is read off the
// curve, which is straight between its points, until the plan itself is there.
function along(point, amount) {
  const { exact, left, low, wide, high, unit, decimals } = point.ownerSVGElement.dataset;
  const corners = exact.split(" ").map((pair) => pair.split(",").map(Number));
  const most = corners.at(-1)[0];
  const to = Number(Math.min(Math.max(amount, 0), most).toFixed(decimals));
  const next = Math.max(corners.findIndex(([x], i) => i && x >= to), 1);
  const [[x0, y0], [x1, y1]] = [corners[next - 1], corners[next]];
  const share = x1 > x0 ? y0 + ((y1 - y0) * (to - x0)) / (x1 - x0) : y1;
  point.setAttribute("cx", Number(left) + (wide * to) / most);
  point.setAttribute("cy", low - high * share);
  point.setAttribute("aria-valuenow", to);
  const told = `${to.toLocaleString("en", { minimumFractionDigits: decimals })} ${unit}: ${(100 * share).toFixed(1)}%`;
  point.setAttribute("aria-valuetext", told);
  by("curve-told").textContent = told;
}
const setBudget = (point) => queue([{ do: "budget", of: point.dataset.of, to: `${point.getAttribute("aria-valuenow")}|${point.ownerSVGElement.dataset.unit}` }]);

function drag(event) {
  const point = event.target.closest?.("#curve-now");
  if (!point) return;
  const { left, wide } = point.ownerSVGElement.dataset;
  const most = Number(point.getAttribute("aria-valuemax"));
  const move = ({ clientX }) => {
    const { x } = new DOMPoint(clientX, 0).matrixTransform(point.ownerSVGElement.getScreenCTM().inverse());
    along(point, ((x - left) / wide) * most);
  };
  const end = () => {
    point.removeEventListener("pointermove", move);
    setBudget(point);
  };
  point.setPointerCapture(event.pointerId);
  point.addEventListener("pointermove", move);
  point.addEventListener("lostpointercapture", end, { once: true });
  point.focus();
  event.preventDefault();
}

function leave() {
  by("why").hidden = true;
  for (const row of document.querySelectorAll("tr[data-open]")) row.removeAttribute("data-open");
  const back = asked?.from;
  asked = null;
  (back?.isConnected ? back : by("result")).focus({ preventScroll: true });
}

// Keys: arrows walk the rows of a table and step a budget, Esc closes, Ctrl+Z takes a change back.
function key(event) {
  const { target } = event;
  if (event.key === "Escape") {
    if (giveBack(target) || giveBackWeight?.(target)) return;
    const menu = document.querySelector(".menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (document.querySelector("[data-fold][aria-expanded=true]")) {
      const button = document.querySelector("[data-fold]");
      fold(button, false);
      button.focus();
    } else if (!by("why").hidden) leave();
    return;
  }
  if (target.id === "curve-now" && /^Arrow|^Home$|^End$/.test(event.key)) {
    const [now, most] = ["aria-valuenow", "aria-valuemax"].map((name) => Number(target.getAttribute(name)));
    const step = Number(target.dataset.stepOf) * (["ArrowUp", "ArrowRight"].includes(event.key) ? 1 : -1);
    along(target, event.key === "Home" ? 0 : event.key === "End" ? most : now + step);
    setBudget(target);
    event.preventDefault();
    return;
  }
  const up = event.key === "ArrowUp";
  if (!up && event.key !== "ArrowDown" && !(event.ctrlKey || event.metaKey)) return;
  if (target.dataset.step && (up || event.key === "ArrowDown")) {
    const step = Number(target.dataset.step);
    const next = Math.max(figure(target.value) + (up ? step : -step), 0);
    target.value = String(Number(next.toPrecision(12)));
    target.dispatchEvent(new Event("input", { bubbles: true }));
    event.preventDefault();
  } else if (target.classList.contains("row") && (up || event.key === "ArrowDown")) {
    const rows = [...target.closest("table").querySelectorAll("button.row")].filter((row) => row.offsetParent);
    rows[rows.indexOf(target) + (up ? -1 : 1)]?.focus();
    event.preventDefault();
  } else if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase()) && !typed(target)) {
    queue([{ do: event.key.toLowerCase() === "y" || event.shiftKey ? "redo" : "undo", of: "", to: "" }]);
    event.preventDefault();
  }
}
const typed = (element) => element.matches("input, textarea") && element.dataset.sent !== element.value && element.dataset.sent !== undefined;

function locking() {
  const form = by("locking");
  const [measure, target, level] = ["lock-measure", "lock-target", "lock-level"].map(by);
  const fit = () => {
    const { scope } = measure.selectedOptions[0].dataset;
    for (const option of target.options) {
      option.hidden = option.disabled = option.value !== "" && (option.dataset.scope ?? "track") !== scope;
    }
  };
  const places = () => {
    fit();
    target.value = "";
    level.max = level.value = measure.selectedOptions[0].dataset.most;
  };
  // Where there are many tracks, they are listed when the form is first pointed at or entered.
  const list = async () => {
    const path = target.dataset.load;
    if (!path) return;
    delete target.dataset.load;
    target.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(at(path));
      if (!response.ok) throw new Error(String(response.status));
      target.insertAdjacentHTML("beforeend", await response.text()); // rendered and escaped by the server
      fit();
    } catch {
      target.dataset.load = path; // asked for again when the form is next entered
      refuse([workspace.dataset.failed]);
    }
    target.removeAttribute("aria-busy");
  };
  for (const event of ["pointerenter", "focusin"]) form.addEventListener(event, list);
  const name = () => measure.value + (target.value ? `@${target.value}` : "");
  measure.addEventListener("change", places);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue([{ do: "lock", of: name(), to: level.value }]);
  });
  by("forbid").addEventListener("click", () => queue([{ do: "forbid", of: name(), to: "" }]));
  places();
}

// A picture that takes several plans is drawn when it is opened, and again after a change.
async function draw(details) {
  const box = details.querySelector("div");
  const asked = (details.dataset.asked = String(Number(details.dataset.asked ?? 0) + 1));
  details.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(at(details.dataset.load));
    if (!response.ok) throw new Error(String(response.status));
    const html = await response.text();
    if (details.dataset.asked !== asked) return; // asked for again since
    const open = [...box.querySelectorAll("details")].map((d) => d.open);
    box.innerHTML = html; // rendered and escaped by the server
    box.querySelectorAll("details").forEach((d, i) => (d.open = open[i] ?? d.open));
  } catch {
    if (details.dataset.asked === asked) box.textContent = workspace.dataset.failed;
  }
  if (details.dataset.asked !== asked) return;
  details.removeAttribute("aria-busy");
  details.dispatchEvent(new Event("drawn", { bubbles: true }));
}

// What changes would do to the plan, or to the one that was shown at an earlier revision.
async function foresee(changes, of = shown()) {
  const request = { number: 0, changes, marks: {}, lang: document.documentElement.lang, ...of };
  const response = await fetch("/preview", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) });
  return response.ok ? response.json() : { told: "", fault: "", shifts: [] };
}

// What takes long and is always open waits until the planner pauses, so that the next change need not wait for it.
let pause = 0;
function redraw() {
  for (const details of document.querySelectorAll("details.drawn[open]:not([data-once])")) {
    if (!details.dataset.wait) {
      draw(details);
      continue;
    }
    clearTimeout(pause);
    details.setAttribute("aria-busy", "true");
    pause = setTimeout(() => running || draw(details), Number(details.dataset.wait)); // else when it has settled
  }
}

// A form or a link that leaves the page waits until the server has every change.
function settled(then) {
  if (!running || resting) return false;
  document.addEventListener("settled", then, { once: true });
  return true;
}

if (workspace) {
  document.addEventListener("focusin", ({ target }) => target.dataset.unit !== undefined && target.dataset.do && (entered = { element: target, value: target.value }));
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("click", pressed);
  if (by("locking")) locking();
  tellSaved();
  current();
  by("theirs").addEventListener("click", () => location.reload());
  by("again").addEventListener("click", () => settle(() => (workspace.dataset.revision = newest)));
  by("mine").addEventListener("click", () => settle(() => (apart = true)));
  window.addEventListener("beforeunload", (event) => waiting.size && !stale && event.preventDefault());
  by("keeping")?.addEventListener("submit", (event) => {
    event.preventDefault();
    queue([{ do: "keep", of: by("keep-name").value, to: "" }]);
    by("keep").focus();
  });
  for (const details of document.querySelectorAll("details.drawn")) {
    details.addEventListener("toggle", () => {
      if (details.open && !running) details.dataset.wait ? redraw() : draw(details); // else when it has settled
    });
  }
  const fold = () => document.querySelectorAll("details[data-once]").forEach((d) => (d.open = false)); // asked for each plan anew
  document.addEventListener("settled", fold);
  document.addEventListener("settled", redraw);
  fold();
  redraw(); // what the browser left open
  document.addEventListener("settled", () => asked && tellAll(1));
  for (const link of document.querySelectorAll("header a, .tabs a")) {
    link.addEventListener("click", (event) => {
      if (settled(() => link.click())) return event.preventDefault();
      if (link.closest(".menu")) link.closest("details").open = false;
      if (link.closest("#export") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        take(link);
      }
    });
  }
  document.querySelector(".language").addEventListener("submit", (event) => {
    const form = event.target;
    if (settled(() => form.requestSubmit(event.submitter))) event.preventDefault();
  });
  if (by("with")) {
    compare();
    document.addEventListener("settled", compare);
  }
  late = Boolean(document.querySelector(".part[data-late]"));
  if (late) queue([]); // they were left out, so that the first screen comes soon
  document.addEventListener("keydown", key);
  document.addEventListener("pointerdown", drag);
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const button = document.querySelector("[data-fold][aria-expanded=true]");
    if (button && !event.target.closest("[data-fold], .elsewhere")) fold(button, false);
  });
}

for (const form of document.querySelectorAll("form[data-most]")) {
  form.addEventListener("submit", (event) => {
    const box = form.querySelector(".trouble");
    const large = form.querySelector("input[type=file]").files[0].size > Number(form.dataset.most);
    box.textContent = large ? form.dataset.tooLarge : "";
    box.hidden = !large;
    if (large) event.preventDefault();
  });
}

// Times are the reader's own.
for (const time of document.querySelectorAll("time[datetime]")) {
  time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
