// Text that is being typed in a meeting survives a reload, a dead browser and a dead network: each
// form[data-entry] is kept in this browser with its uid, until it waits in the queue to be sent.

const review = () => document.getElementById("review");
const store = () => `meeting-draft:${review().dataset.review}`;
const read = () => JSON.parse(localStorage.getItem(store()) ?? "{}");
const write = (drafts) => localStorage.setItem(store(), JSON.stringify(drafts));
const nameOf = ({ item, kind }) => `${item} ${kind}`;
const values = (pairs) => Object.fromEntries(pairs.filter(([name]) => !["csrf_token", "item"].includes(name)));

function fill(form, known) {
  for (const [field, value] of Object.entries(known)) {
    if (form.elements[field]) form.elements[field].value = value;
  }
  form.closest("details").open = true;
}

// A form that came back with a mistake holds what was typed already.
function restoreAll() {
  if (!review()) return;
  const drafts = read();
  document.querySelectorAll("form[data-entry]").forEach((form) => {
    const known = drafts[form.dataset.entry];
    if (known && !form.querySelector("[data-failed]")) fill(form, known);
  });
}

document.addEventListener("input", ({ target: { form } }) => {
  if (form?.dataset.entry) write({ ...read(), [form.dataset.entry]: values([...new FormData(form)]) });
});

document.addEventListener("entry-refused", ({ detail: one }) => {
  write({ ...read(), [nameOf(one)]: values(one.body) });
});

document.addEventListener("entry-queued", ({ detail: one }) => {
  const { [nameOf(one)]: _, ...others } = read();
  write(others);
});

document.addEventListener("htmx:after:swap", restoreAll);
restoreAll();
