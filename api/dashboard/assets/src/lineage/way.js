// The lines between laid out boxes: straight down past the boxes of a layer, in bows from one
// layer to the next, so that none goes through a box.

// Moves the nodes of each layer to its upper edge. Returns what gives the line from a parent to a
// child: its path, where it ends, and the place of its label.
export function through(graph) {
  const layers = layersOf(graph);
  for (const name of graph.nodes()) {
    const node = graph.node(name);
    const layer = layers.get(node.y);
    Object.assign(node, { layer, y: layer.top + node.height / 2 });
  }
  return (parent, child) => {
    const [from, to] = [graph.node(parent), graph.node(child)];
    const { points, x, y } = graph.edge(parent, child);
    const passed = points.slice(1, -1);
    const end = { x: to.x, y: to.layer.top };
    const label = { x, y: y + 4 };
    if (to.layer.top <= from.layer.top) return { ...straight([from, ...passed, to]), ...label, end };
    let at = { x: from.x, y: from.layer.bottom };
    let d = `M${from.x} ${from.y + from.height / 2}V${at.y}`;
    for (const point of [...passed, end]) {
      const layer = point === end ? null : layers.get(point.y);
      d += bow(at, { x: point.x, y: layer ? layer.top : point.y });
      if (layer) d += `V${layer.bottom}`;
      at = { x: point.x, y: layer ? layer.bottom : point.y };
    }
    return { d, end, ...label };
  };
}

// By the middle of a layer, which Dagre puts all its nodes on.
function layersOf(graph) {
  const found = new Map();
  for (const { y, height } of graph.nodes().map((name) => graph.node(name))) {
    const held = found.get(y) ?? { top: y, bottom: y };
    const top = Math.min(held.top, y - height / 2);
    found.set(y, { top, bottom: Math.max(held.bottom, y + height / 2) });
  }
  return found;
}

function bow(from, to) {
  const middle = (from.y + to.y) / 2;
  return `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
}

// Two that claim each other: one of their lines goes up. The boxes are drawn over its ends.
function straight([first, ...rest]) {
  return { d: `M${first.x} ${first.y}` + rest.map((point) => `L${point.x} ${point.y}`).join("") };
}
