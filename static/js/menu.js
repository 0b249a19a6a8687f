// Menus made of <details>: one open at a time, closed by a click elsewhere or Esc; the arrow keys
// go from item to item, and down from the summary opens.

const open = () => [...document.querySelectorAll("details.menu[open]")];

document.addEventListener("click", (event) => {
  open().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  open().forEach((menu) => {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const by = STEPS[event.key];
  const menu = event.target.closest?.("details.menu");
  if (!by || !menu || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  menu.open = true;
  const items = [...menu.querySelectorAll(".menu__item")].filter((item) => item.offsetParent);
  const at = items.indexOf(event.target);
  items.at(at < 0 ? Math.min(by, 0) : (at + by) % items.length)?.focus();
});

document.addEventListener("htmx:after:swap", () => open().forEach((menu) => {
  if (menu.querySelector("form")?.classList.contains("htmx-request")) menu.open = false;
}));
