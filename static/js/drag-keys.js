// Moves items by keyboard: Space on a .grip takes, arrows move, Space drops, Esc puts back.

let held = null;

function take(grip) {
  const item = grip.closest("[data-item]");
  held = { item, grip, parent: item.parentNode, next: item.nextSibling };
  item.classList.add("is-dragged");
  grip.setAttribute("aria-pressed", "true");
}

function release(keep) {
  const { item, grip, parent, next } = held;
  const moved = item.parentNode !== parent || item.nextSibling !== next;
  held = null;
  item.classList.remove("is-dragged");
  grip.setAttribute("aria-pressed", "false");
  if (!moved) return;
  if (keep) item.dispatchEvent(new CustomEvent("sort:moved", { bubbles: true }));
  else parent.insertBefore(item, next);
  grip.focus();
}

function nudge(key) {
  const { item, grip } = held;
  const { previousElementSibling: above, nextElementSibling: below } = item;
  const list = item.closest("[data-sort]");
  const lists = [...document.querySelectorAll(`[data-sort="${list.dataset.sort}"]`)];
  const beside = lists[lists.indexOf(list) + (key === "ArrowRight" ? 1 : -1)];
  if (key === "ArrowUp") above?.dataset.item && above.before(item);
  else if (key === "ArrowDown") below?.dataset.item && below.after(item);
  else beside?.append(item);
  grip.focus();
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.(".grip");
  const { key } = event;
  if (!grip || event.isComposing) return;
  if (key === " " || key === "Enter") {
    if (held) release(true);
    else take(grip);
  } else if (held && key === "Escape") release(false);
  else if (held && key.startsWith("Arrow")) nudge(key);
  else return;
  event.preventDefault();
});

document.addEventListener("focusout", (event) => {
  if (held && event.target === held.grip && held.grip.isConnected && event.relatedTarget) release(false);
});
