// Moves items by pointer, from their .grip, within and between lists that share data-sort="name".
// On the drop the form[data-move] of the item, or of the page (then the grip has data-url), is filled
// (to = the list, after = the item before it) and submitted: the server decides.

let held = null;

const listOf = (item) => item.closest("[data-sort]");
const clear = () => document.querySelectorAll("[data-drop]").forEach((mark) => mark.removeAttribute("data-drop"));

function hover(x, y) {
  const { sort } = listOf(held.item).dataset;
  const list = document.elementFromPoint(x, y)?.closest(`[data-sort="${sort}"]`);
  if (!list) return;
  const items = [...list.children].filter((child) => child.dataset.item && child !== held.item);
  const before = items.find((item) => {
    const box = item.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  clear();
  (before ?? items.at(-1) ?? list).setAttribute("data-drop", before ? "before" : "after");
  held.spot = { list, before: before ?? items.at(-1)?.nextSibling ?? null };
}

function drop(keep) {
  const { item, spot } = held;
  held = null;
  clear();
  item.classList.remove("is-dragged");
  if (!keep || !spot || spot.before === item || spot.before === item.nextSibling) return;
  spot.list.insertBefore(item, spot.before);
  item.dispatchEvent(new CustomEvent("sort:moved", { bubbles: true }));
}

document.addEventListener("sort:moved", ({ target: item }) => {
  const form = item.querySelector("form[data-move]") ?? document.querySelector("form[data-move]");
  const { url } = item.querySelector(".grip").dataset;
  if (url) form.setAttribute("hx-post", (form.action = url));
  if (form.elements.version) form.elements.version.value = item.dataset.version ?? "";
  form.elements.to.value = listOf(item).dataset.list;
  form.elements.after.value = item.previousElementSibling?.dataset.item ?? "";
  form.requestSubmit();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.button !== 0) return;
  held = { item: grip.closest("[data-item]"), spot: null };
  held.item.classList.add("is-dragged");
  grip.setPointerCapture(event.pointerId);
});
document.addEventListener("pointermove", (event) => held && hover(event.clientX, event.clientY));
document.addEventListener("pointerup", () => held && drop(true));
document.addEventListener("pointercancel", () => held && drop(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && held && drop(false));
