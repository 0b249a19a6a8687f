// Opens dialogs from buttons and from answers, closes them on their backdrop and by the server.

function openFresh(root) {
  root.querySelectorAll?.("dialog[data-open]:not([open])").forEach((dialog) => dialog.showModal());
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens).showModal();
  }
  const dialog = event.target.closest?.("dialog");
  if (dialog && (event.target === dialog || event.target.closest("[data-closes=dialog]"))) {
    event.preventDefault();
    dialog.close();
  }
});

document.addEventListener("htmx:after:swap", (event) => openFresh(document));
document.addEventListener("close-dialog", () => {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
});
// A dialog that came with an answer is used once.
document.addEventListener("close", (event) => {
  if (event.target.matches?.("dialog[data-open]")) event.target.remove();
}, true);

openFresh(document);
