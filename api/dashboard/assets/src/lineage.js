// The lineage: pan and zoom on the drawing as it came, and one more level on request.
import { readData, merge } from "./lineage/data.js";
import { fit, focus, makeView } from "./lineage/view.js";
import { redraw } from "./lineage/drawing.js";
import { button, zoomButtons } from "./lineage/tools.js";

const canvas = document.querySelector("[data-canvas]");
const data = document.getElementById("lineage-data");
const tools = document.querySelector("[data-tools]");

if (canvas && data && tools) start(readData(data.textContent));

function start(lineage) {
  const svg = canvas.querySelector("svg");
  const view = makeView(canvas, svg);
  const state = document.createElement("span");
  state.setAttribute("role", "status");
  state.className = "quiet";

  const opened = new Set();
  let left = 0; // relatives that were not drawn
  async function open(ids) {
    const wanted = ids.filter((id) => lineage.nodes.get(id)?.more && !opened.has(id));
    state.textContent = "Asking …";
    try {
      const parts = await Promise.all(wanted.map((id) => ask(lineage.nodes.get(id).more)));
      for (const part of parts) left += merge(lineage, part);
      wanted.forEach((id) => opened.add(id));
      state.textContent = `${lineage.nodes.size} artifacts${left ? `, ${left} left out` : ""}`;
      redraw(svg, lineage, opened, (id) => open([id]));
      focus(view);
    } catch (error) {
      state.textContent = `Could not ask for more: ${error.message}`;
    }
  }

  const ends = () => [...lineage.nodes.keys()].filter((id) => !opened.has(id)).slice(0, 12);
  tools.append(
    ...zoomButtons(view),
    button("Fit", "Fit the drawing in its frame", () => fit(view)),
    button("One more level", "Ask for what its relatives come from and what comes from them", () => {
      open(opened.size ? ends() : [lineage.id, ...ends()].slice(0, 12));
    }),
    state,
  );
  tools.hidden = false;
}

async function ask(address) {
  const answer = await fetch(`${address}?direction=both&depth=1`, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}
