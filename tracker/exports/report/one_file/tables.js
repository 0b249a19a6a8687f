// Filters and sorts the tables of a report, with nothing but what is on the page.
"use strict";

const bar = document.getElementById("filters");
const grids = [...document.querySelectorAll("table.grid")];
const lines = grids.flatMap((grid) => [...grid.tBodies[0].rows]);
const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
const folded = new WeakMap();

// As the search of the tracker does it: without marks, and đ as d.
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

function words(line) {
  if (!folded.has(line)) folded.set(line, fold(line.textContent));
  return folded.get(line);
}

function filter() {
  const wanted = Object.fromEntries(new FormData(bar));
  const parts = fold(wanted.text).split(/\s+/).filter(Boolean);
  for (const line of lines) {
    const { group, strand, state = "" } = line.dataset;
    line.hidden = !(
      (!wanted.group || group === wanted.group)
      && (!wanted.strand || strand === wanted.strand)
      && (!wanted.state || state.split(" ").includes(wanted.state))
      && parts.every((part) => words(line).includes(part))
    );
  }
  for (const grid of grids) {
    const isEmpty = [...grid.tBodies[0].rows].every((line) => line.hidden);
    grid.closest("section").querySelector(".none").hidden = !isEmpty;
  }
  const shown = lines.filter((line) => !line.hidden).length;
  const text = bar.dataset.shown.replace("{shown}", shown).replace("{all}", lines.length);
  bar.querySelector("output").textContent = text;
}

function sort(head) {
  const body = head.closest("table").tBodies[0];
  const falls = head.ariaSort === "ascending";
  for (const other of head.parentElement.cells) other.ariaSort = null;
  head.ariaSort = falls ? "descending" : "ascending";
  const key = (line) => line.cells[head.cellIndex].dataset.order ?? line.cells[head.cellIndex].textContent;
  const sorted = [...body.rows].map((line) => [key(line), line]);
  sorted.sort(([one], [other]) => (falls ? order(other, one) : order(one, other)));
  body.append(...sorted.map(([, line]) => line));
}

for (const head of grids.flatMap((grid) => [...grid.tHead.rows[0].cells])) {
  // No <button>: browsers leave those out of a head that is repeated on paper.
  const button = Object.assign(document.createElement("span"), { role: "button", tabIndex: 0 });
  button.append(...head.childNodes);
  button.addEventListener("click", () => sort(head));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    sort(head);
  });
  head.append(button);
}
for (const field of document.querySelectorAll(".board a")) {
  field.addEventListener("click", () => {
    if (bar.elements.group) bar.elements.group.value = field.dataset.group;
    bar.elements.strand.value = field.dataset.strand;
    filter();
  });
}
if (lines.length) {
  bar.hidden = false;
  bar.addEventListener("input", filter);
  bar.addEventListener("reset", () => setTimeout(filter));
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.querySelector("[data-print]").addEventListener("click", () => print());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, select")) return;
    event.preventDefault();
    bar.elements.text.focus();
  });
  filter();
}
