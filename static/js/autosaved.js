// A form that saves itself (data-autosaved): what the server has taken is no longer unsaved. What
// else is asked from within the form takes nothing.

const sent = new WeakMap();
const boxes = (form) => [...form.querySelectorAll("textarea[name]")];
const isOne = (element) => element.matches?.("form[data-autosaved]");

document.addEventListener("htmx:before:request", ({ target: form }) => {
  if (isOne(form)) sent.set(form, new Map(boxes(form).map((box) => [box, box.value])));
});

document.addEventListener("htmx:after:request", ({ target: form, detail: { ctx } }) => {
  if (!isOne(form) || ctx.response.status >= 400) return;
  for (const [box, value] of sent.get(form) ?? []) box.defaultValue = value;
});
