// A form of the meeting whose entry waits in the queue is empty for the next one, under a uid of
// its own.

const TYPED = "textarea, input[type=text], input:not([type])";

function fresh() {
  const parts = crypto.getRandomValues(new Uint32Array(4));
  return [...parts].map((part) => part.toString(16).padStart(8, "0")).join("");
}

document.addEventListener("entry-queued", ({ detail: { item, kind } }) => {
  const form = document.querySelector(`form[data-entry="${item} ${kind}"]`);
  form.reset();
  form.querySelectorAll(TYPED).forEach((field) => (field.value = ""));
  form.querySelectorAll("[data-failed], .field__error").forEach((said) => said.remove());
  form.elements.uid.value = fresh();
  form.closest("details").open = false;
  form.closest("details").querySelector("summary").focus();
});
