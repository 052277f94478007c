/* The timeline figure: details of an event beside its mark, and j and k to step through events.
   Without this script every mark is a link to its row in the table. */
(() => {
  "use strict";
  const figure = document.querySelector("[data-figure]");
  if (!figure) return;
  const SETTING = "casebase-step-keys";
  const marks = () => [...figure.querySelectorAll("a.e")].filter((mark) => mark.getClientRects().length);
  const rowOf = (mark) => document.getElementById(mark.getAttribute("href").slice(1));

  // Details: a copy of the event's row, shown on hover and focus, closed by Escape.
  const card = document.createElement("div");
  card.className = "event-card";
  card.hidden = true;
  card.setAttribute("aria-hidden", "true"); // the mark's own name says it all
  document.body.append(card);
  let timer = 0;

  const fill = (row) => {
    card.replaceChildren();
    for (const cell of row.querySelectorAll(".when, .what")) {
      const part = document.createElement("div");
      part.className = cell.className;
      for (const child of cell.cloneNode(true).childNodes) part.append(child.cloneNode(true));
      part.querySelectorAll("[id]").forEach((element) => element.removeAttribute("id"));
      part.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
      card.append(part);
    }
  };
  const show = (mark) => {
    const row = rowOf(mark);
    if (!row) return;
    clearTimeout(timer);
    fill(row);
    card.hidden = false;
    const at = mark.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left), document.documentElement.clientWidth - card.offsetWidth - 8);
    const below = at.bottom + 8 + card.offsetHeight <= window.innerHeight;
    const top = below ? at.bottom + 8 : Math.max(8, at.top - card.offsetHeight - 8);
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${top + window.scrollY}px`;
  };
  const hide = () => { card.hidden = true; };
  const hideSoon = () => { clearTimeout(timer); timer = setTimeout(hide, 250); };

  for (const mark of figure.querySelectorAll("a.e")) {
    const title = mark.querySelector("title");
    if (title) { // the card takes the place of the browser's own hint
      mark.setAttribute("aria-label", title.textContent);
      title.remove();
    }
    mark.addEventListener("mouseenter", () => show(mark));
    mark.addEventListener("mouseleave", hideSoon);
    mark.addEventListener("focus", () => { if (mark.matches(":focus-visible")) show(mark); });
    mark.addEventListener("blur", hideSoon);
    mark.addEventListener("click", hide);
  }
  card.addEventListener("mouseenter", () => clearTimeout(timer));
  card.addEventListener("mouseleave", hideSoon);

  // Keys: j to the next event, k to the one before. Remembered when switched off.
  let stepping = true;
  try { stepping = localStorage.getItem(SETTING) !== "off"; } catch { /* private window */ }
  const place = figure.querySelector("[data-keys]");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "key-switch";
  const tell = () => {
    button.textContent = stepping ? "Keys j and k step through events: on" : "Keys j and k step through events: off";
    button.setAttribute("aria-pressed", String(stepping));
  };
  button.addEventListener("click", () => {
    stepping = !stepping;
    try { localStorage.setItem(SETTING, stepping ? "on" : "off"); } catch { /* private window */ }
    tell();
  });
  tell();
  if (place) place.append(button);

  const isTyping = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!stepping || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const all = marks();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement);
    const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step;
    const mark = all[Math.min(Math.max(next, 0), all.length - 1)];
    event.preventDefault();
    mark.focus({ preventScroll: true, focusVisible: true });
    mark.scrollIntoView({ block: "nearest", inline: "nearest" });
    show(mark);
  });
})();
