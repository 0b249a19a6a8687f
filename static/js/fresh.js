// The board keeps itself fresh: asks now and then whether it changed, puts in what did without
// touching focus, scroll or open details, and says it. Not of a past day, not behind one's back;
// whose session has ended signs in again, and a server that is ill is asked again.

const PAUSE = 25_000;
const news = document.getElementById("board-news");
const board = () => document.getElementById("board");
const isBusy = () =>
  document.querySelector("dialog[open], details.menu[open]") ||
  document.activeElement?.matches("#board :is(input:not([type=radio]), select, textarea)");

const bare = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelector(".health__why")?.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};
const place = (cell) => {
  const column = cell.closest("table").tHead.rows[0].cells[cell.cellIndex];
  return `${cell.parentElement.querySelector(".group").textContent} · ${column.textContent}`;
};
// What each cell says, by the workstream it leads to: one may stand under two programmes.
const faces = (root) => new Map([...root.querySelectorAll(".cell")].map((cell) => {
  const word = bare(cell.querySelector(".health")).replace(/^(\S)(?=\S)/, "$1 ");
  return [cell.querySelector(".cell__next").pathname, { cell, place: place(cell), word, text: bare(cell) }];
}));

function tell(before) {
  const changed = [...faces(board())].filter(([key, { word, text }]) => {
    const was = before.get(key);
    return !was || was.word !== word || was.text !== text;
  }).map(([key, now]) => {
    now.cell.classList.add("is-new");
    setTimeout(() => now.cell.classList.remove("is-new"), 6000);
    const was = before.get(key);
    return was && was.word !== now.word ? `${now.place}: ${was.word} → ${now.word}` : now.place;
  }).sort((one, other) => other.includes("→") - one.includes("→"));
  if (!changed.length) return;
  const rest = changed.length > 3 ? [news.dataset.more.replace("0", changed.length - 3)] : [];
  const text = `${news.dataset.said}: ${[...changed.slice(0, 3), ...rest].join("; ")}`;
  document.dispatchEvent(new CustomEvent("toast", { detail: { text } }));
}

async function ask() {
  const had = board()?.dataset.v;
  if (!had || document.hidden || isBusy()) return;
  const address = `?${new URLSearchParams([...new URLSearchParams(location.search), ["v", had]])}`;
  const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
  const answer = await fetch(address, { headers }).catch(() => null);
  const text = answer?.status === 200 ? await answer.text() : "";
  if (board()?.dataset.v !== had || isBusy()) return;
  if (answer?.status === 204) board().dataset.v = answer.headers.get("Board-Version") ?? had;
  if (answer?.status === 401) location.assign(answer.headers.get("HX-Redirect"));
  if (!text) return;
  const before = faces(board());
  document.dispatchEvent(new CustomEvent("patch", { detail: { element: board(), text } }));
  tell(before);
}

const wait = () => setTimeout(() => ask().finally(wait), PAUSE);
if (news) document.addEventListener("plan-changed", ask), wait();
