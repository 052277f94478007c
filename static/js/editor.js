/* The editor saves as it goes. htmx sends and swaps; this decides when, and keeps what was typed. */
(() => {
  "use strict";
  const PAUSE = 1500; // milliseconds after the last change
  const states = new WeakMap();
  const byId = (id) => document.getElementById(id);
  const forms = () => [...document.querySelectorAll("#editor .row-form")];
  const rowOf = (node) => node.closest("li.row");
  const bodyOf = (row) => byId(`${row.id}-form`);
  let focusNext = null;

  document.documentElement.classList.add("with-script");

  function stateOf(form) {
    if (!states.has(form)) states.set(form, { dirty: false, version: 0, sent: 0, saving: false });
    return states.get(form);
  }

  function say(words, failed) {
    const status = byId("save-status");
    if (status.textContent !== words) status.textContent = words;
    status.classList.toggle("failed", Boolean(failed));
    byId("try-again").hidden = !failed;
  }

  /* Saving */

  const inConflict = (form) => form.querySelector("[data-conflict]") !== null;

  function changed(form) {
    const state = stateOf(form);
    state.dirty = true;
    state.version += 1;
    clearTimeout(state.timer);
    if (inConflict(form)) return;
    say("Not saved yet …");
    state.timer = setTimeout(save, PAUSE, form);
  }

  function save(form) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    if (!form.isConnected || !state.dirty || state.saving || inConflict(form)) return;
    if (state.refused === state.version) return; // nothing new since it was refused
    htmx.trigger(form, "save");
  }

  function sent(form) {
    const state = stateOf(form);
    clearTimeout(state.timer);
    state.saving = true;
    state.sent = state.version;
    say("Saving …");
  }

  function answered(form, status) {
    const state = stateOf(form);
    state.saving = false;
    markErrors(form);
    if (status === 200) {
      state.dirty = state.version !== state.sent;
      rowOf(form).removeAttribute("data-new");
      if (state.dirty) changed(form);
      else if (forms().some((other) => stateOf(other).dirty)) say("Not saved yet …");
      else byId("try-again").hidden = true;
    } else if (status === 409 || status === 422) {
      state.dirty = true;
      state.refused = state.sent;
      if (state.version !== state.sent && status === 422) changed(form);
    } else {
      state.dirty = true;
      say(whyNot(status), true);
    }
  }

  function whyNot(status) {
    const kept = "What you typed is still here.";
    if (status === 401 || status === 403)
      return `Not saved: you are signed out. ${kept} Sign in in another tab, then try again.`;
    if (status === 404) return `Not saved: this case or row is gone. ${kept}`;
    if (status === 413 || status === 400) return `Not saved: this is too much at once. ${kept}`;
    if (status) return `Not saved: something went wrong on the server. ${kept}`;
    return `Not saved: the server does not answer. ${kept}`;
  }

  function markErrors(form) {
    for (const box of form.querySelectorAll(".field-error")) {
      const field = byId(box.id.replace(/-error$/, ""));
      const preview = field?.name === "when" && form.querySelector(".not-understood");
      if (box.textContent.trim() || preview) field?.setAttribute("aria-invalid", "true");
      else field?.removeAttribute("aria-invalid");
    }
  }

  /* A sign-in renews the token that forms are sent with. */
  async function tryAgain() {
    say("Saving …");
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = page.querySelector("#editor [name=csrfmiddlewaretoken]")?.value;
      if (!token) return say(whyNot(answer.redirected ? 401 : answer.status), true);
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]"))
        field.value = token;
    } catch {
      return say(whyNot(0), true);
    }
    if (forms().some((form) => stateOf(form).dirty)) forms().forEach(save);
    else say("All changes are saved.");
  }

  /* Opening and closing rows */

  function open(row) {
    const opener = byId(`open-${row.id}`);
    if (bodyOf(row).querySelector("form")) return focusFirst(row);
    opener.focus();
    htmx.trigger(opener, "open");
  }

  function close(row) {
    const form = bodyOf(row).querySelector("form");
    if (form && stateOf(form).dirty) return save(form);
    bodyOf(row).replaceChildren();
    showWhatIsOpen();
  }

  /* Of a link in the list of what is missing, or of an event in the figure. */
  function rowMeantBy(link) {
    const drawn = link.closest("#figure") && link.getAttribute("href")?.slice(1);
    return byId(link.dataset.opens || drawn || "");
  }

  function focusFirst(row) {
    const fields = "input:not([type=hidden]), select, textarea";
    bodyOf(row).querySelector(fields)?.focus();
  }

  function showWhatIsOpen() {
    for (const opener of document.querySelectorAll("#editor .opener")) {
      const isOpen = bodyOf(rowOf(opener)).querySelector("form") !== null;
      opener.setAttribute("aria-expanded", String(isOpen));
    }
  }

  function refetch(row) {
    if (byId(`open-${row.id}`)) htmx.trigger(`#open-${row.id}`, "open");
  }

  /* Swaps of the whole editor keep every form that is open; unsaved ones keep their row too. */

  function keepUnsaved(fragment) {
    const list = (id) => fragment.querySelector(`#${CSS.escape(id)}`);
    for (const form of forms()) {
      const row = rowOf(form);
      if (!stateOf(form).dirty && !row.hasAttribute("data-new")) continue;
      if (list(row.id)) continue;
      const shell = row.cloneNode(false);
      for (const part of row.children) shell.append(part.cloneNode(part.matches(".line")));
      (list(row.parentElement.id) ?? list("rows-event"))?.append(shell);
    }
  }

  function afterWholeSwap() {
    for (const form of forms()) {
      const row = rowOf(form);
      if (!stateOf(form).dirty && !row.hasAttribute("data-new")) refetch(row);
    }
    showWhatIsOpen();
    const notices = [...document.querySelectorAll("#notices p")].map((note) => note.textContent);
    say(notices.join(" ") || "All changes are saved.");
    focusNext?.map(byId).find((node) => node && !node.disabled)?.focus();
    focusNext = null;
  }

  function rememberFocus(button) {
    focusNext = [button.id, "undo", "redo", "see-case"];
    const row = button.classList.contains("remove") && rowOf(button);
    if (!row) return;
    const above = row.parentElement.closest("li.row");
    const near = [row.nextElementSibling, row.previousElementSibling, above].filter(Boolean);
    focusNext = [...near.map((other) => `open-${other.id}`), "undo"];
    bodyOf(row).replaceChildren();
  }

  function showHighlight() {
    const figure = byId("figure");
    const here = figure?.querySelector(".here");
    if (!here) return;
    const gap = here.getBoundingClientRect().top - figure.getBoundingClientRect().top;
    figure.scrollTop += gap - figure.clientHeight / 3;
  }

  /* What happens on the page */

  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("#editor .row-form");
    if (form) changed(form);
    if (event.target.id === "day-zero-date")
      for (const when of document.querySelectorAll("#editor [name=when]"))
        htmx.trigger(when, "preview");
  });

  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("#editor .row-form");
    if (form && !form.contains(event.relatedTarget)) save(form);
  });

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const at = event.target.closest("a, button");
    if (!at?.closest("#editor") || !window.htmx) return;
    if (at.matches(".opener")) {
      event.preventDefault();
      const row = rowOf(at);
      if (bodyOf(row).querySelector("form")) close(row);
      else open(row);
    } else if (rowMeantBy(at)) {
      event.preventDefault();
      rowMeantBy(at).scrollIntoView({ block: "start" });
      open(rowMeantBy(at));
    } else if (at.dataset.theirs) {
      event.preventDefault();
      const row = rowOf(at);
      stateOf(at.closest("form")).dirty = false;
      bodyOf(row).replaceChildren();
      refetch(row);
      byId(`open-${row.id}`)?.focus();
    } else if (at.matches(".suggestion")) {
      event.preventDefault();
      const field = byId(at.dataset.field);
      field.value = at.dataset.value;
      field.focus();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      save(field.form);
    } else if (at.id === "try-again") {
      tryAgain();
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id === "row-actions" && event.submitter) rememberFocus(event.submitter);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.target.matches?.("input, textarea, select, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (!redo && key !== "z") return;
    event.preventDefault();
    byId(redo ? "redo" : "undo")?.click();
  });

  showHighlight();
  addEventListener("beforeunload", (event) => {
    if (forms().some((form) => stateOf(form).dirty)) event.preventDefault();
  });

  /* What htmx tells */

  const sourceOf = (event) => event.detail.ctx.sourceElement;
  const isSave = (event) => sourceOf(event)?.matches?.(".row-form");

  document.addEventListener("htmx:before:request", (event) => {
    if (isSave(event)) sent(sourceOf(event));
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const ctx = event.detail.ctx;
    if (isSave(event)) answered(sourceOf(event), ctx.response?.status ?? 0);
    else if (sourceOf(event)?.id === "row-actions" && ctx.response?.status !== 200)
      say(whyNot(ctx.response?.status ?? 0).replace("Not saved", "Not done"), true);
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    for (const task of tasks) {
      if (task.target?.id === "editor") keepUnsaved(task.fragment);
      // A form that is drawn anew must not undo what was typed since it was sent.
      const form = task.type === "partial" && task.target?.querySelector?.(".row-form");
      if (form && stateOf(form).version !== stateOf(form).sent) task.target = null;
    }
    if (!ctx.sourceElement?.matches?.(".opener")) return;
    const form = bodyOf(rowOf(ctx.sourceElement)).querySelector("form");
    if (form && stateOf(form).dirty) tasks.length = 0;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const source = sourceOf(event);
    // htmx would give it the focus again at the next swap of all around it.
    for (const field of document.querySelectorAll("#editor [autofocus]"))
      field.removeAttribute("autofocus");
    if (source?.id === "row-actions") afterWholeSwap();
    else showWhatIsOpen();
    showHighlight();
    if (source?.matches?.(".opener") && document.activeElement === source) focusFirst(rowOf(source));
  });
})();
