// Small things that make pages kinder; everything works without them.
"use strict";

// A form is sent once: a second tap while it is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 8000);
});

// Quick exit: the page before is replaced, so that "back" does not return here.
document.querySelectorAll("[data-leave]").forEach((link) => {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

if ("serviceWorker" in navigator && document.documentElement.dataset.offline !== "no") {
  navigator.serviceWorker.register("/sw.js").catch(() => {});
}
