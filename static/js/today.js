// A chart that is wider than its place on the page begins where today is.

const MARGIN = 48;

function show() {
  for (const chart of document.querySelectorAll(".chart:not([data-shown])")) {
    chart.dataset.shown = "";
    const today = chart.querySelector(".chart__today line");
    const labels = chart.firstElementChild.offsetWidth;
    if (!today || chart.scrollWidth <= chart.clientWidth) continue;
    const { left } = chart.getBoundingClientRect();
    chart.scrollLeft = today.getBoundingClientRect().left - left - labels - MARGIN;
  }
}

show();
document.addEventListener("htmx:after:swap", show);
