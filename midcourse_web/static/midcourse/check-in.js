// A lost connection loses no answer: they stay in the form, and a button tries again.
// Nothing is kept in the browser's storage.
"use strict";

(() => {
  const form = document.querySelector("form[data-answers]");
  if (!form || !window.fetch) return;
  const lost = form.querySelector("[data-lost]");
  const signedOut = form.querySelector("[data-signed-out]");
  const words = form.querySelector("[data-lost-words]");
  let busy = false;
  let last = null;

  const tell = (out) => {
    lost.hidden = false;
    words.hidden = out;
    signedOut.hidden = !out;
    lost.scrollIntoView({ block: "center" });
    lost.querySelector("[data-retry]").focus();
  };

  const wentToSignIn = (response) => response.redirected && new URL(response.url).pathname.startsWith("/accounts/");

  // After signing in again the page's token is another one.
  const freshToken = async () => {
    const page = await fetch(form.action, { credentials: "same-origin" });
    if (wentToSignIn(page)) return false;
    const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
    if (found) form.querySelector("[name=csrfmiddlewaretoken]").value = found.value;
    return true;
  };

  const send = async (go, again) => {
    if (busy) return;
    busy = true;
    last = go;
    try {
      if (again && !(await freshToken())) return tell(true);
      const data = new FormData(form);
      if (go) data.set("go", go);
      const response = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
      if (wentToSignIn(response) || response.status === 403) return tell(true);
      if (response.status >= 500) return tell(false);
      if (response.redirected) return window.location.replace(response.url);
      const html = await response.text();
      document.open();
      document.write(html);
      document.close();
      window.scrollTo(0, 0);
    } catch (_error) {
      tell(false);
    } finally {
      busy = false;
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send(event.submitter ? event.submitter.value : "send", false);
  });
  lost.querySelector("[data-retry]").addEventListener("click", () => send(last, true));
})();
