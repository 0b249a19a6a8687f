// Esc gives up a small form that was opened where a value stands: it presses what cancels the form
// (data-cancel), or folds the panel of a card that it is in. The focus is back at what had opened it.

const panelOf = (element) => element.closest("#drawer, dialog")
  ? null
  : element.closest(".todo__move[open]") ?? document.querySelector(".todo__move[open]");

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key !== "Escape" || event.isComposing || !target.closest) return;
  if (document.querySelector(":popover-open, details.menu[open]")) return;
  const cancel = target.closest("form")?.querySelector("[data-cancel]");
  const panel = panelOf(target);
  if (cancel) cancel.click();
  else if (panel) {
    panel.open = false;
    panel.querySelector("summary").focus();
  } else return;
  event.preventDefault();
});
