// Once a card of the check-in is answered the focus goes on to the next that is not.

document.addEventListener("htmx:after:swap", () => {
  const card = document.querySelector(".still[data-just]");
  if (!card) return;
  card.removeAttribute("data-just");
  const open = [...document.querySelectorAll("#check-in-asked .still:not(.still--answered) [data-row-link]")];
  const isAfter = (link) => card.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = open.find(isAfter) ?? open[0] ?? card.querySelector("[data-row-link]");
  next?.focus({ preventScroll: matchMedia("(pointer: coarse)").matches });
});
