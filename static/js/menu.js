// Menus made of <details>: one open at a time, closed by a click elsewhere or Esc.

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

document.addEventListener("htmx:after:swap", () => open().forEach((menu) => {
  if (menu.querySelector("form")?.classList.contains("htmx-request")) menu.open = false;
}));
