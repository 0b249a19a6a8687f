// One editor for many rows: data-picks="status" opens the popover form #pick-status and points it
// at the row's own address (data-url), fragment (data-target) and version. Without a script the
// element is a link to the page that has the full form.

const GAP = 4;

function place(picker, at) {
  const { left, bottom, top } = at.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = picker;
  const below = bottom + GAP + height < innerHeight;
  picker.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  picker.style.top = `${Math.max(GAP, below ? bottom + GAP : top - GAP - height)}px`;
}

function fill(form, { url, target, version, value }) {
  form.action = url;
  form.setAttribute("hx-post", url);
  form.setAttribute("hx-target", target);
  if (form.elements.version) form.elements.version.value = version ?? "";
  for (const button of form.querySelectorAll("button[value]")) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
  const field = form.querySelector("[data-value]");
  if (field) field.value = value ?? "";
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
  fill(form, opener.dataset);
  picker.opener = opener;
  picker.showPopover();
  place(picker, opener);
  const first = ["[aria-pressed=true]", "[data-value]", "button"].map((what) => form.querySelector(what));
  first.find(Boolean)?.focus();
}, true);

document.addEventListener("toggle", (event) => {
  const { target: picker, newState } = event;
  if (newState !== "closed" || !picker.opener) return;
  const { opener } = picker;
  if (picker.contains(document.activeElement) || document.activeElement === document.body) opener.focus();
}, true);

// The form's answer replaces the row; the focus goes to the same control of the new row.
document.addEventListener("htmx:after:swap", (event) => {
  const picker = event.detail.ctx.request?.form?.closest("[popover]");
  if (!picker?.opener || event.detail.ctx.response?.status >= 400) return;
  const { picks, target } = picker.opener.dataset;
  picker.hidePopover();
  document.querySelector(target)?.querySelector(`[data-picks="${picks}"]`)?.focus();
});

addEventListener("scroll", () => document.querySelector("[id^=pick-]:popover-open")?.hidePopover(), { passive: true });
