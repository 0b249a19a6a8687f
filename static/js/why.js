// The facts behind a badge go away on Esc without moving the pointer or the focus. A long board
// has none of them in the page: they are fetched when somebody stays on a badge.

const WAIT = 120;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".health:is(:hover, :focus)").forEach((badge) => {
    badge.classList.add("is-quiet");
    for (const end of ["pointerleave", "blur"]) {
      badge.addEventListener(end, () => badge.classList.remove("is-quiet"), { once: true });
    }
  });
});

async function fetchFacts(badge) {
  if (!badge.matches(":hover, :focus") || badge.dataset.asked) return;
  badge.dataset.asked = "";
  const link = badge.closest(".cell").querySelector(".cell__next");
  const day = badge.closest("[data-as-of]")?.dataset.asOf ?? "";
  const answer = await fetch(`${link.pathname}/why?as_of=${day}`).catch(() => null);
  if (answer?.ok) badge.insertAdjacentHTML("beforeend", await answer.text());
  else delete badge.dataset.asked;
}

for (const arrival of ["pointerover", "focusin"]) {
  document.addEventListener(arrival, (event) => {
    const badge = event.target.closest?.(".cell button.health");
    if (badge && !badge.querySelector(".health__why")) setTimeout(fetchFacts, WAIT, badge);
  });
}
