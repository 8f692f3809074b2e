/* What every page does: keys, printing, news of new incidents. */
const searching = () => document.getElementById("q");
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    if (searching()) searching().focus();
    else window.location.assign("/#q");
  }
  if (document.querySelector("dialog[open]")) return;
  const keyed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (keyed) {
    event.preventDefault();
    keyed.click();
    return;
  }
  if (/^[1-9]$/.test(event.key)) {
    const slot = document.querySelector(`[data-number="${event.key}"]`);
    if (slot) slot.open = !slot.open;
  }
  if (event.key === "?") {
    const sheet = document.getElementById("keys");
    if (sheet) sheet.open ? sheet.close() : sheet.showModal();
  }
});
document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-does]");
  if (asked?.dataset.does === "print") window.print();
  const opens = event.target.closest("[data-opens]");
  if (opens) document.getElementById(opens.dataset.opens).showModal();
  if (asked?.dataset.does === "close") asked.closest("dialog").close();
});
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});
/* A correction is offered the values that the texts give for its field. */
for (const field of document.querySelectorAll("[data-suggests]")) {
  const list = document.getElementById(field.dataset.suggests);
  const every = [...list.children];
  const offer = () => list.replaceChildren(...every.filter((option) => option.dataset.slot === field.value));
  field.addEventListener("change", offer);
  offer();
}
/* A claim named in the address opens what holds it. */
const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target) {
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView({ block: "center" });
}

/* Somebody else decided about the incident on this page: say so before anything is written. */
async function lookAgain() {
  const { incident, seen } = document.body.dataset;
  const notice = document.getElementById("meanwhile");
  if (!incident || !notice) return;
  const answer = await fetch(`/incident/${incident}/newer?seen=${seen}`);
  if (!answer.ok) return;
  const { who } = await answer.json();
  if (!who) return;
  notice.querySelector("span").textContent = `${who} decided about this incident since you opened it.`;
  notice.hidden = false;
}
/* News: what came in or changed since this page was made. */
const fresh = document.getElementById("fresh");
if (fresh && window.EventSource) {
  const since = Number(document.body.dataset.generation);
  const stream = new EventSource(`/live?since=${since}`);
  stream.addEventListener("changed", (event) => {
    const { generation, new: added, changed } = JSON.parse(event.data);
    if (!added && !changed) return;
    const link = document.createElement("a");
    link.href = document.body.classList.contains("overview") ? location.href : "/";
    link.textContent = [added && `${added} new`, changed && `${changed} changed`].filter(Boolean).join(", ");
    fresh.replaceChildren(link);
    fresh.hidden = false;
    document.dispatchEvent(new CustomEvent("tocsin:changed", { detail: generation }));
    lookAgain();
  });
  stream.addEventListener("jobs", (event) => {
    const { words } = JSON.parse(event.data);
    const working = document.getElementById("working");
    working.hidden = !words;
    working.textContent = words ?? "";
    document.dispatchEvent(new CustomEvent("tocsin:jobs"));
  });
  addEventListener("pagehide", () => stream.close());
}
