// Recomputes, from the two tables above alone and in exact fractions, that the plan keeps every limit and that no other
// plan is worth more. Nothing is asked of the network. What is checked:
//   1. each amount lies between its least and its most, and the sum of each limit's terms between its own;
//   2. the prices bound every plan: sum over amounts and limits of price times end (weak duality) equals what this one is
//      worth, so that nothing better exists;
//   3. the tables are those that were written: their check number is the printed one.
"use strict";
(() => {
  const gcd = (a, b) => { while (b) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
  const make = (a, b) => { const d = gcd(a, b) || 1n; return b < 0n ? [-a / d, -b / d] : [a / d, b / d]; };
  const read = (text) => {
    const found = /^(-?\d+)(?:\/(\d+))?$/.exec(text.replace("−", "-").trim());
    if (!found || found[2] === "0") throw new Error(text);
    return make(BigInt(found[1]), BigInt(found[2] ?? 1));
  };
  const end = (text) => (text.trim() === "" ? null : read(text));
  const add = ([a, b], [c, d]) => make(a * d + c * b, b * d);
  const times = ([a, b], [c, d]) => make(a * c, b * d);
  const minus = ([a, b]) => [-a, b];
  const sign = ([a]) => (a > 0n ? 1 : a < 0n ? -1 : 0);
  const beyond = (value, low, high) =>
    (low && sign(add(value, minus(low))) < 0) || (high && sign(add(high, minus(value))) < 0);
  const ZERO = [0n, 1n];

  const rows = (id) => [...document.querySelectorAll(`#${id} tbody tr`)].map((tr) => [...tr.cells].map((c) => c.textContent));
  const number = (all) => {
    let hash = 0xcbf29ce484222325n; // FNV-1a, 64 bits
    for (const byte of new TextEncoder().encode(all.map((row) => row.join("\t")).join("\n"))) {
      hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
    }
    return hash.toString(16).padStart(16, "0");
  };

  function check() {
    const amounts = rows("proof-amounts"), limits = rows("proof-limits");
    if (number([...amounts, ...limits]) !== document.getElementById("proof-number").textContent) return "changed";
    const x = amounts.map((row) => ({ low: end(row[2]), high: end(row[3]), worth: read(row[4]), value: read(row[5]) }));
    const reduced = x.map(({ worth }) => worth); // the worth of one, less what it takes at the prices
    let value = ZERO, bound = ZERO;
    for (const { low, high, worth, value: v } of x) {
      if (beyond(v, low, high)) return "broken";
      value = add(value, times(worth, v));
    }
    const priced = (price, low, high) => {
      const at = sign(price) > 0 ? high : low;
      if (sign(price) === 0) return true;
      if (!at) return false;
      bound = add(bound, times(price, at));
      return true;
    };
    for (const [, terms, least, most, price] of limits) {
      const low = end(least), high = end(most), y = read(price);
      let sum = ZERO;
      for (const term of terms.split(";").filter((part) => part.trim())) {
        const [by, at] = term.split("×");
        const j = Number(at.trim()) - 1, a = read(by);
        sum = add(sum, times(a, x[j].value));
        reduced[j] = add(reduced[j], minus(times(a, y)));
      }
      if (beyond(sum, low, high)) return "broken";
      if (!priced(y, low, high)) return "open";
    }
    if (!x.every(({ low, high }, j) => priced(reduced[j], low, high))) return "open";
    return sign(add(bound, minus(value))) === 0 ? "proven" : "open";
  }

  const verdict = document.getElementById("proof-verdict");
  const show = () => {
    let found;
    try { found = check(); } catch { found = "changed"; }
    verdict.className = found === "proven" ? "proven" : "denied";
    verdict.textContent = `${found === "proven" ? "✓" : "✗"} ${verdict.dataset[found]}`;
  };
  show();
  new MutationObserver(show).observe(document.getElementById("proof-tables"), { subtree: true, childList: true, characterData: true });
})();
