// What is recorded in a meeting (form[data-entry]) leaves this browser only when the server has it:
// what cannot be sent waits here and is sent again, under the same uid, so that it is recorded
// once. The queue is that of a person and a meeting: nobody sends what another has typed.

const AGAIN = 5000;
const review = () => document.getElementById("review");
const store = () => `meeting-queue:${review().dataset.review}`;
const read = () => JSON.parse(localStorage.getItem(store()) ?? "[]");
const write = (queue) => localStorage.setItem(store(), JSON.stringify(queue));
const without = (uid) => read().filter((one) => one.uid !== uid);
const token = () => JSON.parse(document.body.getAttribute("hx-headers:inherited"))["X-CSRFToken"];
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));
const next = (tried) => read().find(({ uid }) => !tried.has(uid));
let timer, sending = false;

async function post(one) {
  const headers = { "HX-Request": "true", "X-CSRFToken": token() };
  const answer = await fetch(one.url, { method: "POST", headers, body: new URLSearchParams(one.body) });
  // Who is signed out, or meets a server that is ill, tries again later.
  if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
  const html = await answer.text();
  write(without(one.uid));
  tell(answer.ok ? "entry-taken" : "entry-refused", { ...one, html });
}

async function send() {
  if (sending || !review()) return;
  sending = true;
  const tried = new Set();
  for (let one = next(tried); one; one = next(tried.add(one.uid))) {
    try {
      await post(one);
    } catch (error) {
      write(read().map((known) => ({ ...known, failed: true })));
      if (error instanceof TypeError) break; // no network; what is refused keeps no other waiting
    }
  }
  sending = false;
  clearTimeout(timer);
  if (read().length) timer = setTimeout(send, AGAIN);
  tell("queue-changed", read());
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-entry]");
  if (!form) return;
  event.preventDefault();
  const body = [...new FormData(form)].filter(([field]) => field !== "csrf_token");
  const words = body.filter(([field]) => /-(text|to|due)$/.test(field)).map(([, value]) => value);
  const uid = form.elements.uid.value;
  const [item, kind] = form.dataset.entry.split(" ");
  const one = { uid, item, kind, body, url: form.action, words: words.join(" · ") };
  write([...without(uid), one]);
  tell("entry-queued", one);
  send();
});

addEventListener("online", send);
document.addEventListener("htmx:after:swap", () => review() && tell("queue-changed", read()));
if (review()) send();
