// A button that copies a field: data-copies="id of the field"; it shows itself where that works.

if (navigator.clipboard) {
  document.querySelectorAll("[data-copies]").forEach((button) => button.removeAttribute("hidden"));
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.textContent = button.dataset.said;
});
