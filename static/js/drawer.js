// The drawer beside a list: marks what is open, closes on Esc, gives focus and address back.
// On a phone the drawer is the page: the link is simply followed.

const drawer = document.getElementById("drawer");
const phone = matchMedia("(max-width: 48rem)");
const rowOf = (element) => element?.closest("tr, li, article, [data-row]");
let opener = null;
let home = "";

function mark(element) {
  document.querySelectorAll("[data-in-drawer]").forEach((row) => {
    row.removeAttribute("data-in-drawer");
    row.removeAttribute("aria-current");
  });
  const row = rowOf(element);
  row?.setAttribute("data-in-drawer", "");
  row?.setAttribute("aria-current", "true");
}

function close() {
  if (!drawer?.firstElementChild) return;
  drawer.replaceChildren();
  mark(null);
  if (home) history.replaceState({ htmx: true }, "", home);
  home = "";
  const id = opener?.id;
  (opener?.isConnected ? opener : document.getElementById(id))?.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[hx-target='#drawer']");
  if (link && phone.matches) event.stopImmediatePropagation();
  else if (link) {
    opener = link;
    if (!drawer.firstElementChild && link.hasAttribute("hx-push-url")) home = location.href;
  }
  if (event.target.closest?.("[data-closes=drawer]")) {
    event.preventDefault();
    close();
  }
}, true);

document.addEventListener("keydown", (event) => {
  const busy = event.defaultPrevented || document.querySelector("dialog[open], :popover-open, details.menu[open]");
  if (event.key === "Escape" && !busy && !event.isComposing) close();
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!drawer?.firstElementChild) return;
  if (opener && !opener.isConnected) opener = document.getElementById(opener.id); // its row was made anew
  mark(opener);
  if (event.detail.ctx.target !== drawer) return;
  drawer.scrollTop = 0;
  // What one comes to write starts in its first field: a letter typed at a heading is a key of the page.
  const start = drawer.querySelector(".sheet[id$='-new'] [name]:not([type=hidden])") ?? drawer.querySelector("h1, h2");
  if (start?.matches("h1, h2")) start.setAttribute("tabindex", "-1");
  start?.focus({ preventScroll: true });
});

document.addEventListener("close-drawer", close);
