// Questions: each is answered where it stands.
"use strict";

async function put(form) {
  const box = form.parentElement.querySelector(".answered");
  const button = form.querySelector("button");
  box.textContent = box.dataset.wait;
  button.disabled = true;
  try {
    const given = new URLSearchParams(new FormData(form));
    if (shown().plan) for (const [name, value] of Object.entries(shown())) given.set(`_${name}`, value);
    const response = await fetch(`/asked/${form.dataset.verb}?${given}`);
    if (!response.ok && response.status !== 422) throw new Error(String(response.status));
    box.innerHTML = await response.text(); // rendered and escaped by the server
  } catch {
    box.textContent = workspace.dataset.failed;
  }
  button.disabled = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.verb) return;
  event.preventDefault();
  put(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target.dataset.questions === undefined) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const one of document.querySelectorAll(".question")) one.hidden = !one.querySelector("summary").textContent.toLowerCase().includes(wanted);
});
