// Pan and zoom on the drawing's one group.
import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const READABLE = 0.55; // below this, names cannot be read
const NEAR = 0.8;

export function makeView(canvas, svg) {
  const group = svg.querySelector("[data-view]");
  const behaviour = zoom()
    .scaleExtent([0.08, 3])
    // A turn of the wheel scrolls the page; with Ctrl, or a pinch, it zooms.
    .filter((event) => (event.type === "wheel" ? event.ctrlKey : !event.button))
    .on("zoom", ({ transform }) => group.setAttribute("transform", transform));
  canvas.classList.add("live");
  svg.removeAttribute("viewBox");
  svg.setAttribute("width", "100%");
  const chosen = select(svg).call(behaviour).on("dblclick.zoom", null);
  const view = {
    svg,
    group,
    to: (transform) => chosen.call(behaviour.transform, transform),
    by: (factor) => chosen.call(behaviour.scaleBy, factor),
  };
  focus(view);
  // Links reached by the keyboard are brought into sight.
  svg.addEventListener("focusin", (event) => show(view, event.target));
  return view;
}

export function fit(view) {
  const box = view.group.getBBox();
  const wide = view.svg.clientWidth || 800;
  const most = window.innerHeight * 0.75;
  const scale = Math.min(1, wide / (box.width + 24), most / (box.height + 24));
  const wanted = Math.max(120, scale * (box.height + 24));
  view.svg.setAttribute("height", wanted);
  const x = wide / 2 - scale * (box.x + box.width / 2);
  const y = wanted / 2 - scale * (box.y + box.height / 2);
  view.to(zoomIdentity.translate(x, y).scale(scale));
  return scale;
}

// Fits the drawing where that leaves it readable, else shows what is around the artifact.
export function focus(view) {
  const scale = fit(view);
  const subject = view.group.querySelector(".subject");
  if (scale < READABLE && subject) around(view, subject);
}

// Shows what is around one node, at a size that can be read.
export function around(view, subject) {
  const box = subject.getBBox();
  const height = Number(view.svg.getAttribute("height"));
  const tall = Math.max(height, Math.min(window.innerHeight * 0.75, 420));
  view.svg.setAttribute("height", tall);
  const x = (view.svg.clientWidth || 800) / 2 - NEAR * (box.x + box.width / 2);
  const up = view.group.getBBox().y < box.y - 1 ? tall / 2 : 40; // a root stands at the top
  view.to(zoomIdentity.translate(x, up - NEAR * (box.y + box.height / 2)).scale(NEAR));
}

function show(view, node) {
  if (!node.matches?.(".box:focus-visible, .dot:focus-visible")) return;
  const frame = view.svg.getBoundingClientRect();
  const seen = node.getBoundingClientRect();
  const inside = seen.left >= frame.left && seen.right <= frame.right && seen.top >= frame.top;
  if (inside && seen.bottom <= frame.bottom) return;
  const box = node.getBBox();
  view.to(
    zoomIdentity.translate(frame.width / 2 - box.x - box.width / 2, frame.height / 2 - box.y),
  );
}
