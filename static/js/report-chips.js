// A fact beside the text of a report goes into it: pressed, at the cursor; dragged, where it is
// dropped (a box takes dragged text by itself).

const chipOf = (button) => button.value.slice(button.value.indexOf(" ") + 1);
let last = null; // the box somebody was in last

// Where it was written last, if that was in this section; else behind the words of its first box.
function boxOf(button) {
  const section = button.closest("section");
  if (last?.isConnected && section.contains(last)) return last;
  const box = section.querySelector("textarea[name]");
  box.setSelectionRange(box.value.length, box.value.length);
  return box;
}

function insert(box, chip) {
  const gap = box.selectionStart && !/[\s([«]$/.test(box.value.slice(0, box.selectionStart)) ? " " : "";
  box.focus();
  // The only way to insert that can be undone by its writer.
  if (!document.execCommand("insertText", false, gap + chip)) {
    box.setRangeText(gap + chip, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("focusin", ({ target }) => {
  if (target.matches?.("form[data-autosaved] textarea")) last = target;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.pick");
  if (!button) return;
  event.preventDefault();
  insert(boxOf(button), chipOf(button));
});

document.addEventListener("pointerdown", ({ target }) => {
  const button = target.closest?.("button.pick");
  if (button) button.draggable = true;
});

document.addEventListener("dragstart", ({ target, dataTransfer }) => {
  if (!target.matches?.("button.pick")) return;
  dataTransfer.setData("text/plain", chipOf(target));
  dataTransfer.effectAllowed = "copy";
});

document.addEventListener("drop", ({ target }) => {
  if (!target.matches?.("form[data-autosaved] textarea")) return;
  setTimeout(() => target.dispatchEvent(new Event("change", { bubbles: true })));
});
