// What the server said of an entry (meeting-queue.js) is put on the screen of the meeting, if it is
// still that of the entry's item; what waits to be sent is listed.

const shows = ({ item }) => document.getElementById("review")?.dataset.item === item;
const pending = () => document.getElementById("pending");

function swap(id, html) {
  const old = document.getElementById(id);
  if (!old) return;
  old.outerHTML = html;
  htmx.process(document.getElementById(id));
  document.querySelector(`#${id} [data-failed]`)?.focus();
}

document.addEventListener("entry-taken", ({ detail: one }) => shows(one) && swap("entries", one.html));

document.addEventListener("entry-refused", ({ detail: one }) => {
  if (shows(one)) return swap(`entry-form-${one.kind}`, one.html);
  const detail = { text: `${pending().dataset.refused} ${one.words}`, kind: "error" };
  document.dispatchEvent(new CustomEvent("toast", { detail }));
});

document.addEventListener("queue-changed", ({ detail: queue }) => {
  const waiting = queue.filter((one) => one.failed).map((one) => {
    const line = document.createElement("li");
    line.textContent = one.words;
    return line;
  });
  pending().querySelector("ul").replaceChildren(...waiting);
  pending().hidden = !waiting.length;
});
