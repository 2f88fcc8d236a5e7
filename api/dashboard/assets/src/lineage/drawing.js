// The lineage drawn anew, once it holds more than the page came with.
import { HEIGHT, WIDTH, place } from "./place.js";
import { visible } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

export function redraw(svg, lineage, opened, open) {
  const edges = joined(lineage.edges.values());
  const at = place(lineage, edges, svg.dataset.direction);
  const group = svg.querySelector("[data-view]");
  const lines = edges.map((edge) => path(at.line(edge), edge));
  const labels = edges.map((edge) => label(at.line(edge), edge));
  const boxes = [...lineage.nodes.values()].map((node) =>
    box(at.box(node.id), node, lineage.id, node.more && !opened.has(node.id) ? open : null),
  );
  group.replaceChildren(...lines, ...labels, ...boxes);
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
  const words = (edge) => shorten(edge.relations.join(" + "), 16);
  return [...found.values()].map((edge) => ({ ...edge, words: words(edge) }));
}

function path({ d }, edge) {
  const made = make("path", { class: edge.dashed ? "line dashed" : "line", d });
  const words = edge.relations.join(" + ");
  made.append(titled(`${edge.child} → ${edge.parent}: ${words} (${edge.strength})`));
  return made;
}

function label({ x, y }, edge) {
  const made = make("text", { class: "label", x, y });
  made.textContent = edge.words;
  return made;
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
