// Several people write in one report at once. Each text knows over which version it was typed
// (seen_<name>); what others wrote comes into the boxes nobody types in here, and over a text that
// is being typed it does not come: then the server asks, with both texts.

const form = () => document.querySelector("form[data-autosaved]");
const boxes = () => [...(form()?.querySelectorAll("textarea[name]") ?? [])];
const seenOf = (box) => form().elements[`seen_${box.name}`];
const isTouched = (box) => box.value !== box.defaultValue;
const set = (box, text) => { box.value = box.defaultValue = text; };
const key = (box) => `seen:${form().dataset.draft}:${box.name}`;

// A text as it is now (data-of, data-seen); data-theirs is what others made of it.
function take(text) {
  const box = form()?.elements[text.dataset.of];
  if (!box || Number(text.dataset.seen) < Number(seenOf(box).value)) return;
  const { theirs } = text.dataset;
  if (theirs !== undefined && theirs !== box.value) {
    if (isTouched(box)) return;
    set(box, theirs);
  }
  delete text.dataset.theirs;
  seenOf(box).value = text.dataset.seen;
}

// A draft that comes back (draft.js) was typed over the version it was begun with.
document.addEventListener("input", ({ target }) => {
  if (target.form === form() && !sessionStorage.getItem(key(target))) {
    sessionStorage.setItem(key(target), seenOf(target)?.value ?? "");
  }
});

// What was chosen between two texts stands in its box.
function settle(conflict) {
  const chosen = new FormData(conflict.querySelector("form"));
  boxes().forEach((box) => chosen.has(box.name) && set(box, chosen.get(box.name)));
  conflict.close();
}

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (!form() || ctx.response.status >= 400) return;
  const conflict = ctx.request.form?.closest("#conflict");
  if (conflict) settle(conflict);
  boxes().filter((box) => !isTouched(box)).forEach((box) => sessionStorage.removeItem(key(box)));
});

document.addEventListener("htmx:after:swap", () => document.querySelectorAll("[data-of]").forEach(take));

document.addEventListener("htmx:config:request", (event) => {
  if (document.hidden && event.target.id === "report-others") event.preventDefault();
});

boxes().filter(isTouched).forEach((box) => { seenOf(box).value = sessionStorage.getItem(key(box)) || seenOf(box).value; });
