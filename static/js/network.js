// When no answer comes at all, say so; what was typed stays in its form.

document.addEventListener("htmx:error", ({ detail: { error } }) => {
  if (!(error instanceof TypeError) && error !== "timeout") return;
  const detail = { text: document.body.dataset.offline, kind: "error" };
  document.dispatchEvent(new CustomEvent("toast", { detail }));
});
