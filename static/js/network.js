// When no answer comes at all, say so; what was typed stays in its form. What only asks now and then
// by itself asks again.

document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
  if (!(error instanceof TypeError) && error !== "timeout") return;
  if (ctx?.sourceElement?.matches("[hx-trigger^=every]")) return;
  const detail = { text: document.body.dataset.offline, kind: "error" };
  document.dispatchEvent(new CustomEvent("toast", { detail }));
});
