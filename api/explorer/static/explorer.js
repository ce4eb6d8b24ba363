// What pages do more where JavaScript runs: answers by key, the next question without a new page, jobs that move.
"use strict";

const written = (target) => target.closest("input, select, textarea, [contenteditable]");

function show(text, address) {
  const made = new DOMParser().parseFromString(text, "text/html");
  const main = document.getElementById("main");
  const fresh = made.getElementById("main");
  if (!fresh) { location.assign(address); return; }
  main.replaceWith(document.adoptNode(fresh));
  document.title = made.title;
}

function centre() {
  for (const one of document.querySelectorAll(".picture")) one.scrollLeft = (one.scrollWidth - one.clientWidth) / 2;
}

let sending = false;

async function send(form, button) {
  if (sending) return;
  sending = true;
  try {
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    show(await answer.text(), answer.url);
    if (answer.ok) history.replaceState(null, "", answer.url);
    document.getElementById("main").focus({ preventScroll: true });
    scrollTo(0, 0);
  } catch {
    // Sent the plain way, so that the browser itself tells what is wrong.
    if (button && button.name) {
      const said = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(said);
    }
    form.submit();
  } finally {
    sending = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]")) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || written(event.target)) return;
  if (event.key === "/") {
    const find = document.getElementById("find");
    if (find) { event.preventDefault(); find.focus(); find.select(); }
    return;
  }
  if (!/^[a-z]$/.test(event.key)) return;
  const button = document.querySelector(`button[data-key="${event.key}"]`);
  if (button) { event.preventDefault(); button.click(); }
});

async function refresh() {
  const main = document.getElementById("main");
  const seconds = Number(main.dataset.refresh);
  if (!seconds) return;
  await new Promise((done) => setTimeout(done, seconds * 1000));
  const inside = main.contains(document.activeElement) && document.activeElement !== main;
  if (!document.hidden && !inside) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) show(await answer.text(), answer.url);
    } catch { /* The service is away for a moment: the next look may find it. */ }
  }
  refresh();
}

centre();
refresh();
