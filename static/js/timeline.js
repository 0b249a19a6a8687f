// A diamond is moved along the time axis by pointer; where it is dropped, the form that asks why
// opens with that day. The diamond goes back: the server decides. By keyboard one opens the form
// from the label.

const NAMESPACE = "http://www.w3.org/2000/svg";
const phone = matchMedia("(max-width: 48rem)");
let held = null;

function dayAt(x) {
  const { chart, box } = held;
  const days = Math.floor(((x - box.left) / box.width) * Number(chart.dataset.days));
  const day = new Date(`${chart.dataset.first}T00:00Z`);
  day.setUTCDate(day.getUTCDate() + Math.min(Math.max(days, 0), Number(chart.dataset.days) - 1));
  return day.toISOString().slice(0, 10);
}

function drag(x) {
  const { mark, box, word } = held;
  held.day = dayAt(x);
  mark.setAttribute("x", `${((x - box.left) / box.width) * 100}%`);
  word.textContent = held.day.split("-").reverse().join("/");
}

async function ask(code, day) {
  const { href } = document.getElementById(`timeline-${code}`);
  const form = `${href}/forecast?forecast=${day}`;
  if (phone.matches) return location.assign(form);
  await htmx.ajax("GET", href, { target: "#drawer", swap: "innerHTML" });
  return htmx.ajax("GET", form, { target: `#milestone-${code}-facts`, swap: "outerHTML" });
}

function drop(keep) {
  const { mark, home, word, day, code } = held;
  held = null;
  word.remove();
  mark.setAttribute("x", home);
  if (keep && day) ask(code, day);
}

document.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest?.("[data-moves]");
  if (!mark || event.button !== 0) return;
  const word = document.createElementNS(NAMESPACE, "text");
  const chart = mark.closest(".chart");
  word.setAttribute("y", "-12");
  word.setAttribute("text-anchor", "middle");
  mark.append(word);
  const box = chart.querySelector(".chart__svg").getBoundingClientRect();
  held = { mark, word, chart, box, home: mark.getAttribute("x"), code: mark.dataset.moves };
  mark.setPointerCapture(event.pointerId);
  event.preventDefault();
});
document.addEventListener("pointermove", (event) => held && drag(event.clientX));
document.addEventListener("pointerup", () => held && drop(true));
document.addEventListener("pointercancel", () => held && drop(false));
document.addEventListener("keydown", (event) => event.key === "Escape" && held && drop(false));
