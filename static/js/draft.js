// Typed text survives an expired session, an error and a closed connection: forms with
// data-draft="name" are kept in this tab until they were accepted, and filled again when they return.
// Where two editors met, the question that stands for the form (#conflict) settles its draft.

const PREFIX = "draft:";
const SENT = "draft-sent:";
const TEXT = "textarea[name], input[name]:is([type=text], :not([type]))";
const store = sessionStorage;
const key = (form) => PREFIX + form.dataset.draft;
const nameOf = (form) => form?.dataset.draft ?? form?.dataset.settles;

const entrust = (name) => document.querySelector("#conflict form")?.setAttribute("data-settles", name);

function keep(form) {
  const fields = [...form.querySelectorAll(TEXT)].filter((field) => field.value !== field.defaultValue);
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  if (fields.length) store.setItem(key(form), JSON.stringify(values));
  else store.removeItem(key(form));
}

function restore(form) {
  const values = JSON.parse(store.getItem(key(form)) ?? "{}");
  for (const field of form.querySelectorAll(TEXT)) {
    if (values[field.name] && field.value === field.defaultValue) field.value = values[field.name];
  }
}

// What was sent from the page before this one has arrived, unless it ended at the sign-in page.
function settle() {
  const signedOut = document.body.dataset.page === "door";
  for (const name of Object.keys(store).filter((name) => name.startsWith(SENT))) {
    entrust(name.slice(SENT.length));
    if (!signedOut && !document.querySelector("[data-failed]")) store.removeItem(PREFIX + name.slice(SENT.length));
    store.removeItem(name);
  }
}

const restoreAll = () => document.querySelectorAll("form[data-draft]").forEach(restore);

document.addEventListener("input", ({ target: { form } }) => form?.dataset.draft && keep(form));

document.addEventListener("submit", (event) => {
  const name = nameOf(event.target);
  if (name && !event.defaultPrevented) store.setItem(SENT + name, "1");
});

document.addEventListener("htmx:after:request", (event) => {
  const { request, response, hx } = event.detail.ctx;
  const name = nameOf(request.form);
  if (name && response.status < 400 && !hx?.redirect) store.removeItem(PREFIX + name);
});

document.addEventListener("htmx:after:swap", (event) => {
  const { request, response } = event.detail.ctx;
  if (response?.status === 409 && request.form?.dataset.draft) entrust(request.form.dataset.draft);
  restoreAll();
});
settle();
restoreAll();
