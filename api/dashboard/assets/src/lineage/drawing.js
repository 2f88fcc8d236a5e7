// The lineage drawn anew, left to right, once it holds more than the page came with.
import { Graph, layout } from "@dagrejs/dagre";
import { visible } from "./text.js";

const WIDTH = 232;
const HEIGHT = 46;
const SVG = "http://www.w3.org/2000/svg";

export function redraw(svg, lineage, opened, open) {
  const graph = place(lineage);
  const group = svg.querySelector("[data-view]");
  const lines = [...joined(lineage.edges.values())].map((edge) => line(graph, edge));
  const boxes = [...lineage.nodes.values()].map((node) =>
    box(graph.node(node.id), node, lineage.id, node.more && !opened.has(node.id) ? open : null),
  );
  group.replaceChildren(...lines.flat(), ...boxes);
}

function place(lineage) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 12, ranksep: 120 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of lineage.nodes.keys()) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  for (const { child, parent } of lineage.edges.values()) {
    if (child !== parent) graph.setEdge(parent, child);
  }
  layout(graph);
  return graph;
}

// All relations of one child to one parent are one line.
function joined(edges) {
  const found = new Map();
  for (const edge of edges) {
    if (edge.child === edge.parent) continue;
    const key = JSON.stringify([edge.child, edge.parent]);
    const held = found.get(key) ?? { ...edge, relations: [], dashed: true };
    held.relations.push(edge.relation.replaceAll("_", " "));
    held.dashed &&= edge.strength === "inferred";
    found.set(key, held);
  }
  return found.values();
}

function line(graph, edge) {
  const points = graph.edge(edge.parent, edge.child).points;
  const [first, ...rest] = points;
  const d = `M${first.x} ${first.y}` + rest.map((point) => `L${point.x} ${point.y}`).join("");
  const words = edge.relations.join(" + ");
  const path = make("path", { class: edge.dashed ? "line dashed" : "line", d });
  path.append(titled(`${edge.child} → ${edge.parent}: ${words} (${edge.strength})`));
  const end = points.at(-1); // the middle of the child's left edge
  const label = make("text", { class: "label", x: end.x - 36, y: end.y - 5 });
  label.textContent = shorten(words, 16);
  return [path, label];
}

function box(at, node, subject, open) {
  const x = at.x - WIDTH / 2;
  const y = at.y - HEIGHT / 2;
  const classes = ["box", node.hue, node.crawled ? "" : "hollow", node.id === subject ? "subject" : ""];
  const link = make("a", { class: classes.join(" "), href: node.href });
  const bare = node.id.replace(/^datasets\//, "");
  const cut = bare.lastIndexOf("/");
  const rounded = node.id.startsWith("datasets/") ? 12 : 3;
  link.append(
    titled(node.id),
    make("rect", { x, y, width: WIDTH, height: HEIGHT, rx: rounded }),
    make("rect", { class: "tab", x, y, width: 5, height: HEIGHT }),
  );
  const words = make("svg", { x, y, width: WIDTH - (open ? 24 : 4), height: HEIGHT }); // clips
  words.append(
    text("owner", 14, 18, shorten(bare.slice(0, Math.max(cut, 0)), 31)),
    text("name", 14, 35, shorten(bare.slice(cut + 1), open ? 24 : 27)),
  );
  link.append(words);
  if (open) link.append(opener(x + WIDTH - 14, y + 14, node.id, open));
  return link;
}

function opener(x, y, id, open) {
  const group = make("g", { class: "open", role: "button" });
  const sign = text("", x, y + 4.5, "+");
  group.append(titled("Show what it comes from and what comes from it"), make("circle", { cx: x, cy: y, r: 8 }), sign);
  group.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    open(id);
  });
  return group;
}

function text(name, x, y, words) {
  const made = make("text", { class: name, x, y, direction: "ltr", "unicode-bidi": "isolate" });
  made.textContent = words;
  return made;
}

function titled(words) {
  const title = make("title", {});
  title.textContent = visible(words);
  return title;
}

function make(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function shorten(text, most) {
  const words = visible(text);
  if (words.length <= most) return words;
  const tail = Math.floor(most / 3);
  return `${words.slice(0, most - tail - 1)}…${words.slice(-tail)}`;
}
