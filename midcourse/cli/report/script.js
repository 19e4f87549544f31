"use strict";
// Finding, choosing and sorting in the caseload table. The page says everything without this.
const form = document.getElementById("filter");
const table = document.querySelector("table.caseload");
const reveal = () => {
  const place = document.getElementById(location.hash.slice(1));
  const inside = place && place.querySelector(":scope > details");
  if (inside) inside.open = true;
};
addEventListener("hashchange", reveal);
reveal();
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
if (form) {
  const rows = [...table.tBodies[0].rows];
  const choose = () => {
    const text = form.text.value.trim().toLowerCase();
    rows.forEach((row) => {
      row.hidden =
        !row.cells[0].textContent.toLowerCase().includes(text) ||
        !["", row.dataset.state].includes(form.state.value) ||
        !["", row.dataset.measure].includes(form.measure.value);
      document.querySelector(row.querySelector("a").hash).hidden = row.hidden;
    });
    form.querySelector("output").textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  choose();
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    if (head.textContent === "Why") return;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", `Sort by ${head.textContent}`);
    head.append(" ", button);
    const key = (row) => row.cells[column].dataset.key || row.cells[column].textContent;
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows.sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}
