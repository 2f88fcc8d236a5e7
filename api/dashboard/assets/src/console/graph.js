// The drawing of an answer: pan and zoom, what is under the pointer, drawing or table.
import { around, fit, makeView } from "../lineage/view.js";
import { button, zoomButtons } from "../lineage/tools.js";

const NARROW = 640; // pixels of a window where a whole drawing cannot be read
const SMALL = 0.55;

export function showGraph(place) {
  const views = place.querySelector("[data-views]");
  if (!views) return;
  const parts = place.querySelectorAll("[data-part]");
  const buttons = views.querySelectorAll("[data-show]");
  const choose = (wanted) => {
    for (const part of parts) part.hidden = part.dataset.part !== wanted;
    for (const one of buttons) one.setAttribute("aria-pressed", one.dataset.show === wanted);
  };
  for (const one of buttons) one.addEventListener("click", () => choose(one.dataset.show));
  views.hidden = false;
  choose("graph");
  live(place);
}

function live(place) {
  const canvas = place.querySelector("[data-canvas]");
  const svg = canvas.querySelector("svg");
  const view = makeView(canvas, svg);
  if (window.innerWidth < NARROW && fit(view) < SMALL) around(view, svg.querySelector(".dot"));
  const tools = place.querySelector("[data-tools]");
  tools.append(...zoomButtons(view), button("Fit", "Fit the drawing in its frame", () => fit(view)));
  tools.hidden = false;
  const detail = canvas.querySelector("[data-detail]");
  const tell = (event) => {
    const title = event.target.closest?.(".dot, .arrow")?.querySelector("title");
    detail.hidden = !title;
    if (title) detail.textContent = title.textContent;
  };
  svg.addEventListener("pointerover", tell);
  svg.addEventListener("focusin", tell);
}
