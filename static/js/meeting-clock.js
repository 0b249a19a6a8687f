// The clocks of a meeting: how long it lasts, counted from when the server opened it, and how long
// its present item was on the screen, which this browser keeps from page to page.

const review = () => document.getElementById("review");
const store = () => `meeting-clock:${review().dataset.review}`;
const read = () => JSON.parse(localStorage.getItem(store()) ?? '{"spent":{}}');
const write = (clock) => localStorage.setItem(store(), JSON.stringify(clock));

function text(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(seconds / 3600);
  return hours ? `${hours}:${parts.join(":")}` : `${Number(parts[0])}:${parts[1]}`;
}

const spent = (clock) => (clock.spent[clock.item] ?? 0) + (clock.since ? Date.now() - clock.since : 0);

// What ran until now is added to its item; from now on it runs for that one, unless it is off.
function turn(clock, item) {
  clock.spent[clock.item] = spent(clock);
  clock.item = item;
  clock.since = clock.off ? 0 : Date.now();
  write(clock);
}

function show() {
  const meeting = document.querySelector("[data-clock=meeting]");
  if (!meeting || !review()) return;
  const until = meeting.dataset.until ? Date.parse(meeting.dataset.until) : Date.now();
  meeting.textContent = text(until - Date.parse(meeting.dateTime));
  const clock = read();
  document.querySelector("[data-clock=item]").textContent = text(spent(clock));
  document.querySelector("[data-clock-switch]").setAttribute("aria-pressed", String(Boolean(clock.off)));
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-clock-switch]")) return;
  const clock = read();
  clock.off = !clock.off;
  turn(clock, clock.item);
  show();
});

function begin() {
  if (!review() || !document.querySelector("[data-clock=meeting]")) return;
  const clock = read();
  if (clock.item !== review().dataset.item || !clock.since) turn(clock, review().dataset.item);
  show();
}

document.addEventListener("htmx:after:swap", begin);
begin();
if (review()) setInterval(show, 1000);
