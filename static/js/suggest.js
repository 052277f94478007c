/* A search field that offers works while somebody types: an ARIA combobox with a list of options.
   Without this script, or where nothing comes back, it is a search field as any other. It is no
   datalist: a browser filters those again by their words, so that what was found by DOI or by author
   and year would not show.

   On the field: `data-suggest` is the address that answers with options, `data-suggest-opens` goes
   to the page of the one that is chosen; without it the field is filled and its form sent. */
(() => {
  "use strict";
  const PAUSE = 200; // milliseconds without a key
  const LEAST = 2; // characters

  function offer(field) {
    const list = document.createElement("ul");
    list.id = `${field.id}-options`;
    list.className = "suggest-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Works that may be meant");
    list.hidden = true;
    const said = document.createElement("p");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    field.parentElement.classList.add("has-suggestions");
    field.after(list);
    field.parentElement.after(said);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-controls", list.id], ["aria-expanded", "false"]]) field.setAttribute(name, value);

    let timer = 0;
    let asked = null;
    let at = -1;
    const options = () => [...list.children];

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (number) => {
      const all = options();
      at = number;
      all.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      if (at < 0) return field.removeAttribute("aria-activedescendant");
      field.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    };
    const choose = (option) => {
      const { url, value } = option.dataset;
      close();
      if ("suggestOpens" in field.dataset) return location.assign(url);
      field.value = value;
      field.form.requestSubmit();
    };
    const show = (html) => {
      const fresh = new DOMParser().parseFromString(html, "text/html");
      list.replaceChildren(...fresh.querySelectorAll("[role=option]"));
      const count = options().length;
      options().forEach((option, n) => { option.id = `${list.id}-${n}`; });
      list.hidden = !count;
      field.setAttribute("aria-expanded", String(Boolean(count)));
      mark(-1);
      said.textContent = count
        ? `${count} work${count === 1 ? "" : "s"} to choose from, with the arrow keys`
        : "No work to choose from";
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const { signal } = asked;
      try {
        const address = `${field.dataset.suggest}?${new URLSearchParams({ q: field.value })}`;
        const answer = await fetch(address, { signal, credentials: "same-origin" });
        if (!answer.ok) throw new Error(String(answer.status));
        const html = await answer.text();
        if (!signal.aborted && document.activeElement === field) show(html);
      } catch {
        if (!signal.aborted) close();
      }
    };

    field.addEventListener("input", () => {
      clearTimeout(timer);
      if (field.value.trim().length < LEAST) return close();
      timer = setTimeout(ask, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      const count = options().length;
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // what was typed stays
        close();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark(((at + 1 + step + count + 1) % (count + 1)) - 1); // -1 is the field itself
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        choose(options()[at]);
      } else if (event.key === "Enter") {
        close();
      }
    });
    field.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(offer);
})();
