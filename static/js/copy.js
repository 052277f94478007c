/* Copies formatted references, with their type where the clipboard takes it. Without script the
   text stands on the page, to be selected. */
(() => {
  "use strict";
  const DENIED = "The browser does not let this page copy. Select the text and copy it.";
  const status = document.getElementById("copied");
  const say = (words) => { if (status) status.textContent = words; };

  async function copy(parts) {
    say("");
    try {
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      say("Copied.");
      return true;
    } catch {
      return false;
    }
  }

  function entries(element) {
    const rows = [...element.querySelectorAll(".entry")];
    const text = rows.map((row) => row.textContent.trim()).join("\n");
    const html = rows.map((row) => `<p>${row.innerHTML}</p>`).join("");
    return {
      "text/plain": new Blob([text], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" }),
    };
  }

  // The text comes as a promise, so that the click still counts when it has arrived.
  async function fetched(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return new Blob([(await answer.text()).trim()], { type: "text/plain" });
  }

  if (!navigator.clipboard || !window.ClipboardItem) return;
  for (const tools of document.querySelectorAll("[data-copy-tools]")) tools.hidden = false;
  for (const button of document.querySelectorAll("[data-copy], [data-copy-entry]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const within = button.dataset.copy ? document.getElementById(button.dataset.copy) : button.closest("li");
      if (!await copy(entries(within))) say(DENIED);
    });
  }
  for (const link of document.querySelectorAll("[data-copy-from]")) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!await copy({ "text/plain": fetched(link.dataset.copyFrom) })) location.assign(link.href);
    });
  }
})();
