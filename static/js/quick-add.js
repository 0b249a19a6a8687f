// Adding one after another: the form that was just sent is emptied and written in again.
// data-behaviour="quick-add"; the list round it is swapped, so it is found again by its id.

let sent = "";

document.addEventListener("submit", ({ target: form }) => {
  sent = form.matches("[data-behaviour~=quick-add]") ? form.id : "";
}, true);

document.addEventListener("htmx:after:swap", () => {
  const form = sent ? document.getElementById(sent) : null;
  sent = "";
  (form?.querySelector("[aria-invalid=true]") ?? form?.querySelector("input[type=text]"))?.focus();
});
