// Weights: bars that are dragged or stepped, questions in words, and on the bars where the plan would be another.
"use strict";

const round = (value, digits) => Number(value.toFixed(digits));

// --- what a change does, told beside the bars while it is made: against the plan as it was when it began

const before = new Map(); // the revision that a change of a thing began at
let telling = 0; // the number of the newest that was asked
let told = false; // whether what is told is of the change that is on its way
async function tellShift(change) {
  const key = `${change.do} ${change.of}`;
  if (!before.has(key)) {
    before.clear();
    before.set(key, shown());
  }
  const mine = (telling += 1);
  const box = by("shift");
  box.setAttribute("aria-busy", "true");
  const found = await foresee([change], before.get(key)).catch(() => null);
  if (!found || mine !== telling) return;
  box.removeAttribute("aria-busy");
  box.replaceChildren(...[found.fault || found.told, ...(found.shifts ?? [])].filter(Boolean).map((line) => {
    const made = document.createElement("p");
    made.textContent = line;
    return made;
  }));
  box.hidden = !box.textContent;
}

function make(change) {
  told = true;
  queue([change]);
}

// A drag or a click is a step to undo, and so is all that keys change of one thing until it is left or Enter confirms it.
let holding = {}; // what keys change, and its turn
function held(change) {
  const of = `${change.do} ${change.of}`;
  if (holding.of !== of) holding = { of, turn: newTurn() };
  return { ...change, turn: holding.turn };
}
let pointing = false; // whether a pointer was pressed last, not a key
document.addEventListener("keydown", () => (pointing = false), true);
document.addEventListener("pointerdown", () => {
  settleBar(document.activeElement?.closest("svg.weight"));
  holding = {};
  pointing = true;
}, true);

// What is told is of the last change of weights; of another one, such as undo, it is told no longer.
document.addEventListener("settled", () => {
  if (!told) {
    by("shift").hidden = true;
    before.clear();
  }
  told = false;
  if (!by("weights").querySelector("[data-moved]")) standAgain();
});

// --- bars

const bars = () => [...document.querySelectorAll("svg.weight")];
const full = () => Number(document.querySelector(".weighing").dataset.full);
const now = (bar) => Number(bar.getAttribute("aria-valuenow")) / 100;

function lengthen(bar, share) {
  const at = round(Math.min((100 * share) / full(), 100), 2);
  bar.querySelector(".fill").setAttribute("width", at);
  const grip = bar.querySelector(".grip");
  for (const end of ["x1", "x2"]) grip.setAttribute(end, at);
  const percent = (100 * share).toFixed(1);
  bar.setAttribute("aria-valuenow", percent);
  bar.setAttribute("aria-valuetext", `${percent}%`);
  bar.parentElement.querySelector("output").textContent = `${percent}%`;
}

// One factor weighs otherwise, the others in proportion to what they were: as the server has it, too.
function place(bar, to) {
  const share = round(Math.min(Math.max(to, 0), 1), 3);
  if (share === now(bar)) return;
  const others = bars().filter((other) => other !== bar);
  const rest = others.reduce((sum, other) => sum + Number(other.dataset.share), 0);
  lengthen(bar, share);
  for (const other of others) lengthen(other, (1 - share) * (rest > 0 ? Number(other.dataset.share) / rest : 1 / others.length));
  bar.dataset.moved = "yes";
  soon(bar);
}

// While one is worked out the next waits, the newest only.
let asking = false;
let next = null;
async function soon(bar) {
  next = weight(bar);
  if (asking) return;
  asking = true;
  while (next) {
    const change = next;
    next = null;
    await tellShift(change);
  }
  asking = false;
}
const weight = (bar) => ({ do: "weight", of: bar.dataset.of, to: bar.getAttribute("aria-valuenow") });

function settleBar(bar, ended = true) {
  if (bar?.dataset.moved) {
    delete bar.dataset.moved;
    make(held(weight(bar)));
  }
  if (bar && ended) holding = {};
}

// The bars as the server has them: what it refused, or was never sent, is seen no more.
function standAgain() {
  for (const bar of bars()) {
    const share = Number(bar.dataset.share);
    if (Math.abs(share - now(bar)) > 0.00051) lengthen(bar, share);
  }
}

giveBackWeight = (target) => {
  const moved = target.dataset?.moved;
  if (!moved && !(holding.of && (target.matches?.("svg.weight") || by("asking")?.contains(target)))) return false;
  const { of, turn } = holding;
  delete target.dataset.moved;
  holding = {};
  next = null;
  telling += 1; // what is still on its way is of no more use
  by("shift").hidden = true;
  standAgain();
  if (of) waiting.delete(of);
  if (of) queue([{ do: "give_up", of, to: "", turn }]);
  return true;
};

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("svg.weight");
  if (!bar || event.button) return;
  const move = ({ clientX }) => {
    const { left, width } = bar.getBoundingClientRect();
    place(bar, ((clientX - left) / width) * full());
  };
  const end = () => {
    bar.removeEventListener("pointermove", move);
    document.removeEventListener("keydown", stop);
    settleBar(bar);
  };
  const stop = ({ key }) => key === "Escape" && bar.removeEventListener("pointermove", move);
  document.addEventListener("keydown", stop);
  bar.setPointerCapture(event.pointerId);
  bar.addEventListener("pointermove", move);
  bar.addEventListener("lostpointercapture", end, { once: true });
  bar.focus();
  move(event);
  event.preventDefault();
});

const STEPS = { ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01, PageUp: 0.05, PageDown: -0.05, Home: -1, End: 1 };
document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("svg.weight");
  if (bar && event.key === "Enter") settleBar(bar);
  if (!bar || !(event.key in STEPS) || event.ctrlKey || event.metaKey) return;
  place(bar, now(bar) + STEPS[event.key]);
  event.preventDefault();
});
document.addEventListener("keyup", (event) => event.key in STEPS && settleBar(event.target.closest?.("svg.weight"), false));
document.addEventListener("focusout", (event) => settleBar(event.target.closest?.("svg.weight")));

// --- where the plan, or the first track, would be another: marks on the bars of what the list below them says

function mark() {
  for (const old of document.querySelectorAll("svg.weight .tip")) old.remove();
  for (const item of document.querySelectorAll(".tips [data-factor]")) {
    const bar = by(`weight-${item.dataset.factor}`);
    const at = (100 * Number(item.dataset.at)) / full();
    if (!bar || at > 100) continue;
    const group = document.createElementNS(bar.namespaceURI, "g");
    group.setAttribute("class", `tip ${item.dataset.kind}`);
    for (const kind of ["room", "line"]) { // the first is wider, and seen by the pointer alone
      const line = document.createElementNS(bar.namespaceURI, "line");
      line.setAttribute("class", kind);
      for (const [name, value] of Object.entries({ x1: at, x2: at, y1: 0, y2: 20 })) line.setAttribute(name, value);
      group.append(line);
    }
    const title = document.createElementNS(bar.namespaceURI, "title");
    title.textContent = item.textContent;
    group.append(title);
    bar.append(group);
  }
}
document.addEventListener("drawn", (event) => event.target.id === "tipping" && mark());

// --- questions

let opened = ""; // the question that is shown
const kept = new Set(); // doubts that the planner has looked at
const strip = () => [...document.querySelectorAll("li:not([hidden]) > [data-question]")];

// Where the most and the least important factor are named, the questions about these two do: they connect all.
function fewer() {
  const [most, least] = ["most", "least"].map((id) => by(id)?.value);
  const some = most && least && most !== least;
  const every = [...document.querySelectorAll("[data-question]")];
  for (const { parentElement, dataset } of every) {
    parentElement.hidden = some && ![dataset.one, dataset.other].some((name) => [most, least].includes(name));
  }
  const box = by("fewer-told");
  if (!box) return;
  box.hidden = !some;
  box.textContent = box.dataset.words.replace("{number}", strip().length).replace("{all}", every.length);
}
const filled = (words, { one, other }) => words.replaceAll("{one}", one).replaceAll("{other}", other);
const questionNow = () => strip().find((one) => one.dataset.question === opened);

function ask() {
  fewer();
  const every = strip();
  if (!every.length || !by("asking")) return;
  const question = questionNow() ?? every.find((one) => !one.dataset.value) ?? every[0];
  opened = question.dataset.question;
  for (const one of every) one.toggleAttribute("aria-current", one === question);
  const { one, other, aboutOne, aboutOther, place: number, value, said, doubt, to } = question.dataset;
  by("ask-place").textContent = number;
  by("ask-which").textContent = filled(by("ask-which").dataset.words, question.dataset);
  for (const [id, text] of [["ask-one", one], ["ask-other", other], ["ask-about-one", aboutOne], ["ask-about-other", aboutOther]]) by(id).textContent = text;
  const steps = [...by("asking").elements.answer];
  for (const [n, step] of steps.entries()) {
    step.checked = step.value === value;
    step.nextElementSibling.dataset.who = 2 * n + 1 < steps.length ? one : 2 * n + 1 > steps.length ? other : "";
    step.setAttribute("aria-label", filled(step.dataset.said, question.dataset));
  }
  const mine = by("ask-said");
  const text = value ? mine.dataset.words.replace("{said}", said) : mine.dataset.none;
  if (mine.textContent !== text) mine.textContent = text;
  const box = by("ask-doubt");
  const key = `${opened} ${value}`;
  box.hidden = !doubt || kept.has(key);
  if (!box.hidden && box.dataset.of !== key) {
    box.dataset.of = key;
    box.querySelector("span").textContent = doubt;
    const price = box.querySelector(".price-of");
    price.textContent = "";
    foresee([{ do: "judgement", of: opened, to }]).then((found) => box.dataset.of === key && (price.textContent = found.told), () => {});
  }
  by("ask-back").disabled = question === every[0];
  by("asking").hidden = false;
}

function answer(to) {
  const change = { do: "judgement", of: opened, to };
  tellShift(change);
  make(held(change));
  if (pointing) holding = {};
}

function turn(step) {
  const every = strip();
  const to = every[every.indexOf(questionNow()) + step] ?? every[0];
  holding = {};
  opened = to.dataset.question;
  ask();
  const steps = [...by("asking").elements.answer];
  (steps.find((one) => one.checked) ?? steps[(steps.length - 1) / 2]).focus({ preventScroll: true });
}

if (by("asking")) {
  by("asking").addEventListener("change", (event) => event.target.name === "answer" && answer(event.target.value));
  by("asking").addEventListener("submit", (event) => {
    event.preventDefault();
    turn(1);
  });
  by("asking").addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.checked) turn(1); // what is chosen stays
    else if (event.key === "Enter" && event.target.name === "answer") turn(1);
    else return;
    event.preventDefault();
  });
  by("asking").addEventListener("focusout", ({ relatedTarget }) => by("asking").contains(relatedTarget) || (holding = {}));
  by("fewer")?.addEventListener("change", ask);
  by("ask-back").addEventListener("click", () => turn(-1));
  by("ask-change").addEventListener("click", () => answer(questionNow().dataset.to));
  by("ask-keep").addEventListener("click", () => {
    kept.add(`${opened} ${questionNow().dataset.value}`);
    ask();
    by("ask-next").focus();
  });
  by("questions").addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-question]");
    if (!chosen) return;
    opened = chosen.dataset.question;
    ask();
  });
  document.addEventListener("settled", ask);
  ask();
}
