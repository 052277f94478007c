/* The progress of an import, looked at every two seconds; the page works without this. */
(() => {
  "use strict";
  const PAUSE = 2000; // milliseconds
  const LONGEST = 30000; // after answers that did not come

  const again = () => document.getElementById("progress").dataset.again;

  async function look(pause) {
    try {
      const answer = await fetch(location.pathname + again(), { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("progress");
      if (!answer.ok) throw new Error(String(answer.status));
      if (!fresh) return location.reload(); // it has come to an end, one way or another
      document.getElementById("progress").replaceWith(fresh);
      setTimeout(look, PAUSE, PAUSE);
    } catch {
      const next = Math.min(pause * 2, LONGEST);
      setTimeout(look, next, next);
    }
  }

  if (document.getElementById("progress")) setTimeout(look, PAUSE, PAUSE);
})();
