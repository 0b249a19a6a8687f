// Makes an element what the text of a later one says, changing only what differs: focus, scroll,
// open details and what was typed stay. Asked for by the event "patch".

const KEPT = new Set(["open", "data-asked"]); // what a reader did, not what the server said

function sameAttributes(old, now) {
  for (const { name } of [...old.attributes]) {
    if (!now.hasAttribute(name) && !KEPT.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of now.attributes) {
    if (!KEPT.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function patch(old, now) {
  if (old.isEqualNode(now)) return;
  if (old.nodeName !== now.nodeName || old.childNodes.length !== now.childNodes.length) {
    const made = document.importNode(now, true);
    old.replaceWith(made);
    if (made.nodeType === Node.ELEMENT_NODE) htmx.process(made);
  } else if (old.nodeType === Node.ELEMENT_NODE) {
    sameAttributes(old, now);
    const later = [...now.childNodes];
    [...old.childNodes].forEach((child, place) => patch(child, later[place]));
  } else {
    old.data = now.data;
  }
}

document.addEventListener("patch", ({ detail: { element, text } }) => {
  const { id, href } = document.activeElement;
  const now = new DOMParser().parseFromString(text, "text/html").getElementById(element.id);
  patch(element, now);
  if (document.activeElement !== document.body) return;
  const again = id ? document.getElementById(id) : [...element.querySelectorAll("a")].find((link) => link.href === href);
  again?.focus({ preventScroll: true });
});
