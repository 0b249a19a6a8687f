// After a swap the focus goes to what is wrong, or back to what was pressed, by its id, when it would be lost.
// (What a fragment marks with autofocus is focused by htmx.)

let pressed = "";

document.addEventListener("click", (event) => {
  const control = event.target.closest?.("a[id][hx-get], summary[id], button[id]");
  if (control) pressed = control.id;
}, true);

document.addEventListener("htmx:after:swap", (event) => {
  const { activeElement: now, body } = document;
  const failed = event.detail.ctx.response?.status === 422 && document.querySelector("[data-failed]");
  if (failed) failed.focus();
  else if (now === body || !now?.checkVisibility()) document.getElementById(pressed)?.focus({ preventScroll: true });
});
