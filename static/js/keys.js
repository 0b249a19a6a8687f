// Letters as short cuts: an element with data-key="g b" is pressed by typing g, then b.
// Silent in fields, while composing Vietnamese, and when switched off in the sheet of keys.

const OFF = "keys-off";
const inField = (element) => element?.closest?.("input, textarea, select, [contenteditable], dialog[open]");
const toggle = document.querySelector("[data-keys-switch]");
let typed = "";
let timer = 0;

const rows = () => [...document.querySelectorAll("main [data-row-link]")].filter((row) => row.offsetParent);

function step(by) {
  const all = rows();
  const row = document.activeElement?.closest?.("tr, li, article, td, [data-row]");
  const at = all.findIndex((link) => link === document.activeElement || row?.contains(link));
  all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

function press(keys) {
  const row = document.activeElement?.closest?.("tr, li, article, [data-row]");
  const named = `[data-key="${keys}"]`;
  const isDigit = /\d/.test(keys); // answers the row one stands on, never just any row
  const target = row?.querySelector(named) ?? (isDigit ? null : document.querySelector(named));
  if (!target && (keys === "j" || keys === "k")) {
    step(keys === "j" ? 1 : -1);
    return true;
  }
  if (!target) return false;
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || key.length !== 1) return;
  if (inField(target) || localStorage.getItem(OFF)) return;
  clearTimeout(timer);
  timer = setTimeout(() => (typed = ""), 900);
  const known = /^[a-z1-3/?]$/.test(key);
  if (known && ((typed && press(`${typed} ${key}`)) || press(key))) {
    event.preventDefault();
    typed = "";
  } else {
    typed = known ? key : "";
  }
});

// Ctrl+Enter saves the form one is typing in.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form?.requestSubmit();
});

if (toggle) toggle.checked = !localStorage.getItem(OFF);
toggle?.addEventListener("change", () => {
  if (toggle.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});
