// One editor for many rows: data-picks="status" opens the popover form #pick-status, pointed at the
// address (data-url, else the link's), fragment (data-target) and version of the opener or its row.
// Without a script the element is a link to the page that has the full form.

const GAP = 4;
function place({ style, offsetWidth: width, offsetHeight: height }, at) {
  const { left, bottom, top } = at.getBoundingClientRect();
  const below = bottom + GAP + height < innerHeight;
  style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  style.top = `${Math.max(GAP, below ? bottom + GAP : top - GAP - height)}px`;
}
const row = (opener) => opener.closest("[data-item]")?.dataset;
const about = (opener) => ({ url: opener.getAttribute("href"), ...row(opener), ...opener.dataset });
function fill(form, { url, target, version, value }) {
  form.action = url;
  form.setAttribute("hx-post", url);
  form.setAttribute("hx-target", target);
  if (form.elements.version) form.elements.version.value = version ?? "";
  for (const button of form.querySelectorAll("button[value]")) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
  form.querySelectorAll("[data-value]").forEach((field) => (field.value = value ?? ""));
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-picks]");
  if (!opener || event.ctrlKey || event.metaKey) return;
  const picker = document.getElementById(`pick-${opener.dataset.picks}`);
  if (!picker) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const form = picker.matches("form") ? picker : picker.querySelector("form");
  form.reset();
  fill(form, about(opener));
  picker.opener = opener;
  picker.showPopover();
  place(picker, opener);
  ["[aria-pressed=true]", "[data-value]", "button"].map((what) => form.querySelector(what)).find(Boolean)?.focus();
}, true);

document.addEventListener("toggle", (event) => {
  const { opener } = event.target;
  if (event.newState !== "closed" || !opener) return;
  if (event.target.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
}, true);

// The form's answer replaces the row; the focus goes to the same control of the new row.
document.addEventListener("htmx:after:swap", (event) => {
  const picker = event.detail.ctx.request?.form?.closest("[popover]");
  if (!picker?.opener || event.detail.ctx.response?.status >= 400) return;
  const { picks, target } = about(picker.opener);
  const same = document.getElementById(picker.opener.id || "-");
  picker.hidePopover();
  (same ?? document.querySelector(target)?.querySelector(`[data-picks="${picks}"], a[href]`))?.focus();
});

// It stays with its opener: closing it would lose what is typed when a phone scrolls for its keyboard.
addEventListener("scroll", () => {
  for (const open of document.querySelectorAll("[id^=pick-]:popover-open")) place(open, open.opener);
}, { passive: true });
