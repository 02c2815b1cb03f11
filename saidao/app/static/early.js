// What is typed or pressed while the page still waits for its scripts is done again once they are there.
"use strict";

{
  const held = [];
  const hold = (event) => (event.type !== "click" || event.target.closest("button[type=button]")) && held.push(event);
  const kinds = ["input", "change", "click"];
  for (const kind of kinds) document.addEventListener(kind, hold, true);
  document.addEventListener("DOMContentLoaded", () => {
    for (const kind of kinds) document.removeEventListener(kind, hold, true);
    for (const { type, target } of held) target.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  });
}
