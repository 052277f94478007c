/* Two pictures over one another, and a range input that says how far the first one reaches.
   Without this script they stand one beneath the other. */
(() => {
  "use strict";
  const pair = document.querySelector("[data-pair]");
  const sides = pair ? [...pair.querySelectorAll("figure")] : [];
  const pictures = sides.map((side) => side.querySelector("img"));
  if (pictures.length !== 2) return;
  const names = sides.map((side) => side.querySelector(".side-heading strong").textContent);
  const make = (name, attributes, ...children) => {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  };

  const stage = make("div", { className: "wipe-stage" });
  for (const picture of pictures) {
    stage.append(make("img", { src: picture.src, alt: picture.alt, draggable: false }));
  }
  stage.append(make("span", { className: "wipe-line" }));
  const range = make("input", { type: "range", id: "wipe-range", min: 0, max: 100, step: 1, value: 50 });
  const label = make("label", { htmlFor: "wipe-range", textContent: `How much of the first image is shown (${names[0].toLowerCase()})` });
  const told = make("output", { htmlFor: "wipe-range" });
  const wipe = make("div", { className: `wipe ${[...pair.classList].find((name) => name.startsWith("shape-"))}`, hidden: true }, stage, label, range, told);

  const tell = () => {
    const share = Number(range.value);
    const words = `${names[0]} ${share} %, ${names[1].toLowerCase()} ${100 - share} %`;
    stage.style.setProperty("--wipe", `${share}%`);
    range.setAttribute("aria-valuetext", words);
    told.textContent = words;
  };
  range.addEventListener("input", tell);

  // A finger or a mouse on the pictures moves the line there.
  const follow = (event) => {
    const box = stage.getBoundingClientRect();
    range.value = Math.round(100 * (event.clientX - box.left) / box.width);
    tell();
  };
  stage.addEventListener("pointerdown", (event) => {
    stage.setPointerCapture(event.pointerId);
    follow(event);
  });
  stage.addEventListener("pointermove", (event) => {
    if (stage.hasPointerCapture(event.pointerId)) follow(event);
  });

  const choice = make("fieldset", { className: "pair-views" }, make("legend", { textContent: "Show the two" }));
  const choose = (view) => {
    wipe.hidden = view !== "wipe";
    pair.dataset.view = view;
    const address = new URL(location.href);
    if (view === "wipe") address.searchParams.set("view", view);
    else address.searchParams.delete("view");
    history.replaceState(history.state, "", address);
    for (const link of document.querySelectorAll(".pair-steps a")) {
      const to = new URL(link.href);
      if (view === "wipe") to.searchParams.set("view", view);
      else to.searchParams.delete("view");
      link.href = to.href;
    }
  };
  const asked = new URLSearchParams(location.search).get("view") === "wipe" ? "wipe" : "sides";
  for (const [view, words] of [["sides", "Side by side"], ["wipe", "One over the other, with a line to move"]]) {
    const radio = make("input", { type: "radio", name: "pair-view", value: view, checked: view === asked });
    radio.addEventListener("change", () => choose(view));
    choice.append(make("label", {}, radio, ` ${words}`));
  }
  tell();
  pair.before(choice, wipe);
  choose(asked);
})();
