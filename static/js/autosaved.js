// A form that saves itself (data-autosaved): what the server has taken is no longer unsaved.

const sent = new WeakMap();
const boxes = (form) => [...form.querySelectorAll("textarea[name]")];

document.addEventListener("htmx:before:request", (event) => {
  const form = event.target.closest?.("form[data-autosaved]");
  if (form) sent.set(form, new Map(boxes(form).map((box) => [box, box.value])));
});

document.addEventListener("htmx:after:request", (event) => {
  const form = event.target.closest?.("form[data-autosaved]");
  if (!form || event.detail.ctx.response.status >= 400) return;
  for (const [box, value] of sent.get(form) ?? []) box.defaultValue = value;
});
