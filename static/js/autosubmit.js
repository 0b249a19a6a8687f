// Forms that need no button: data-behaviour="autosubmit". Typing waits a moment, so that the
// backspaces of a Vietnamese keyboard do not each become a request.

const WAIT = 300;
const timers = new WeakMap();

const formOf = (event) => event.target.form?.closest("[data-behaviour~=autosubmit]");
const isText = (element) => element.matches("[type=search], [type=text], textarea");

function submitSoon(form, wait) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => form.reportValidity() && form.requestSubmit(), wait));
}

document.addEventListener("change", (event) => {
  const form = formOf(event);
  if (form && !isText(event.target)) submitSoon(form, 0);
});

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (form && isText(event.target) && !event.isComposing && !("noLive" in event.target.dataset)) {
    submitSoon(form, WAIT);
  }
});
