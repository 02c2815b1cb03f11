// What is typed, pressed or pasted while the page still waits for its scripts is done again once they are there, and
// only then: those that are there already do not see it.
"use strict";

{
  const held = [];
  const kinds = ["input", "change", "click", "paste"];

  function again({ type, target, clipboardData }) {
    const how = { bubbles: true, cancelable: true };
    if (type !== "paste") return () => target.dispatchEvent(new Event(type, how));
    const data = new DataTransfer(); // the event's own is empty once it is over
    data.setData("text/plain", clipboardData.getData("text/plain"));
    return () => target.dispatchEvent(new ClipboardEvent(type, { ...how, clipboardData: data }));
  }

  function hold(event) {
    const { type, target, clipboardData } = event;
    if (type === "click" && !target.closest("button[type=button]")) return;
    if (type === "paste") {
      const block = /[\t\n]/.test(clipboardData?.getData("text/plain").trim() ?? "");
      if (!block || !target.closest("[data-cell], [data-new]")) return; // the browser puts it in, and `input` tells
      event.preventDefault();
    }
    event.stopImmediatePropagation();
    held.push(again(event));
  }

  for (const kind of kinds) document.addEventListener(kind, hold, true);
  document.addEventListener("DOMContentLoaded", () => {
    for (const kind of kinds) document.removeEventListener(kind, hold, true);
    for (const act of held) act();
  });
}
