// The tab one is at is in sight, also when there are more tabs than a phone is wide.

const show = () => document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
  const row = tab.closest(".tabs");
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});

document.addEventListener("htmx:after:swap", show);
show();
