// Messages at the corner: those the server sends by event, and the leaving of all of them.

const region = document.getElementById("notices");

function show({ text, kind = "ok", undo }) {
  const toast = document.getElementById("toast").content.firstElementChild.cloneNode(true);
  const form = toast.querySelector("form");
  toast.dataset.tone = kind === "error" ? "late" : kind;
  toast.querySelector(".toast__text").textContent = text;
  if (undo) {
    form.action = undo;
    form.setAttribute("hx-post", undo);
  } else {
    form.remove();
  }
  if (kind === "error") delete toast.dataset.timeout;
  else toast.dataset.timeout = undo ? 12 : 6;
  region.append(toast);
  htmx.process(toast);
}

// A toast leaves by itself, but not while it is read or used.
function leave(toast) {
  const seconds = Number(toast.dataset.timeout);
  if (!seconds) return;
  const timer = setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    clearInterval(timer);
    toast.remove();
  }, seconds * 1000);
}

document.addEventListener("toast", (event) => show(event.detail));

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-dismiss]")?.closest(".toast").remove();
});

// An undo was sent and its answer put in place: its toast has done its work.
document.addEventListener("htmx:finally:request", (event) => {
  event.detail.ctx.request.form?.closest(".toast")?.remove();
});

if (region) {
  [...region.children].forEach(leave);
  new MutationObserver((changes) => {
    changes.flatMap((change) => [...change.addedNodes]).forEach((node) => node.dataset && leave(node));
  }).observe(region, { childList: true });
}
