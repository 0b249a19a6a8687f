// The facts behind a badge go away on Esc without moving the pointer or the focus.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(".health:is(:hover, :focus)").forEach((badge) => {
    badge.classList.add("is-quiet");
    for (const end of ["pointerleave", "blur"]) {
      badge.addEventListener(end, () => badge.classList.remove("is-quiet"), { once: true });
    }
  });
});
