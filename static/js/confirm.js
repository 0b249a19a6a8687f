// Asks before what cannot be undone: data-confirm="question" on a form or its button.

const dialog = document.getElementById("confirm");
let asked = null;

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || !dialog) return;
  if (asked?.form === form && asked.agreed) {
    asked = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  asked = { form, submitter, agreed: false };
  dialog.querySelector("[data-question]").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
}, true);

dialog?.addEventListener("close", () => {
  if (!asked || dialog.returnValue !== "yes") {
    asked = null;
    return;
  }
  asked.agreed = true;
  asked.form.requestSubmit(asked.submitter);
});
