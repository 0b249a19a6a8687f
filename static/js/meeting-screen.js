// The screen of a meeting: the arrow keys go from item to item, an opened form is ready to type in,
// Esc leaves it, and the whole screen is used where the browser lets us.

const free = (target) => !target.closest("input, textarea, select, dialog[open]");
const button = document.querySelector("[data-fullscreen]");

document.addEventListener("keydown", (event) => {
  if (!document.getElementById("review") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = { ArrowRight: "j", ArrowLeft: "k" }[event.key];
  if (key && free(event.target)) {
    event.preventDefault();
    document.getElementById(`review-${key}`)?.click();
  }
  const form = event.target.closest?.("details.entry-form[open]");
  if (event.key === "Escape" && form) {
    form.open = false;
    form.querySelector("summary").focus();
  }
});

const FIRST = "[data-failed], textarea, input:is([type=text], :not([type])), [aria-current]";

function ready(details) {
  if (!details.open || details.contains(document.activeElement?.closest(FIRST))) return;
  details.scrollIntoView({ block: "nearest" });
  details.querySelector(FIRST)?.focus();
}

// A key has opened it by the time its click is over: what is typed next must not get lost.
document.addEventListener("click", ({ target }) => {
  const details = target.closest?.("summary")?.parentElement;
  if (details?.matches("details.entry-form, #review-agenda")) queueMicrotask(() => ready(details));
});
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.("details.entry-form, #review-agenda")) ready(target);
}, true);

if (button && !document.fullscreenEnabled) button.hidden = true;
button?.addEventListener("click", () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
});
