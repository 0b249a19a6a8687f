// Warns before a tab with half-typed text is closed; sending a form is not leaving it.

let sending = false;
const dirty = () => [...document.querySelectorAll("form[data-draft] textarea")]
  .some((field) => field.value !== field.defaultValue);

document.addEventListener("submit", () => {
  sending = true;
  setTimeout(() => (sending = false), 1000);
});

addEventListener("beforeunload", (event) => {
  if (!sending && dirty()) event.preventDefault();
});
