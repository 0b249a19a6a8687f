// Writes the date one has chosen onto the button that saves it: data-date-echo inside the form.

function echo(form) {
  const chosen = form.querySelector(".choice [type=radio][value]:checked");
  const date = chosen?.hasAttribute("data-own") ? form.querySelector("[type=date]")?.value : chosen?.value;
  const out = form.querySelector("[data-date-echo]");
  const [year, month, day] = (date ?? "").split("-");
  if (out) out.textContent = day ? ` · ${day}/${month}/${year}` : "";
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.querySelector("[data-date-echo]")) echo(form);
});
