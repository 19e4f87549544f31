// The clinic's device forgets who was here: after a while without a touch, and when somebody goes back.
"use strict";

(() => {
  const home = document.body.dataset.kiosk;
  const after = Number(document.body.dataset.forgetAfter) * 1000;
  const leave = () => window.location.replace(home);
  if (after > 0) {
    let timer = window.setTimeout(leave, after);
    for (const what of ["pointerdown", "keydown", "scroll"]) {
      document.addEventListener(what, () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(leave, after);
      }, { passive: true });
    }
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) leave();
  });
})();
