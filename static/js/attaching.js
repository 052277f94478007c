/* Says how much of a file has been sent. Without this script the browser sends the form by itself. */
(() => {
  "use strict";
  const FAILED = "The connection broke off before everything was sent. Nothing was attached; try again.";
  const said = (form) => form.querySelector("[data-sending]");

  const show = (answer, form) => {
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    const main = page.querySelector("main");
    const fresh = main && main.querySelector("[data-attaching]");
    if (!fresh) {
      say(form, `The server answered with an error (${answer.status}). Nothing was attached; try again.`);
      return;
    }
    const chosen = form.querySelector("input[type=file]");
    document.querySelector("main").replaceChildren(...main.childNodes);
    document.title = page.title;
    fresh.querySelector("input[type=file]").files = chosen.files; // so that nothing is chosen twice
    const errors = document.querySelector(".error-summary");
    if (errors) errors.focus();
  };
  const say = (form, words) => {
    const place = said(form);
    place.hidden = false;
    place.textContent = words;
    form.querySelector("button").disabled = false;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-attaching]");
    if (!form) return;
    event.preventDefault();
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", "How much of the file has been sent");
    const place = said(form);
    place.hidden = false;
    place.replaceChildren("Sending ", bar);
    form.querySelector("button").disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
    });
    request.upload.addEventListener("load", () => { place.textContent = "Sent. The picture is being made."; });
    request.addEventListener("load", () => {
      if (request.status === 200 && new URL(request.responseURL).pathname !== location.pathname) {
        location.assign(request.responseURL);
      } else show(request, form);
    });
    request.addEventListener("error", () => say(form, FAILED));
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();
