// Where the boxes of a grown lineage stand: parents on the side of their children on which the
// page drew them. Children with nothing beyond them and no other parent stand in columns, as on
// the page: a row of them would be as long as they are many.
import { Graph, layout } from "@dagrejs/dagre";
import { through } from "./way.js";

export const WIDTH = 232;
export const HEIGHT = 46;
const GAP = 28; // between boxes side by side
const ROW = HEIGHT + 12; // from child to child in a column
const RUN = 28; // from the line along the columns to their first row
const STUB = 96; // from a column's line to a box, with its label
const PITCH = STUB + WIDTH + GAP;
const LETTER = 6;

// `edges` are lines, one for each child and parent; `direction` is from parent to child, in
// Dagre's words. Returns where boxes (their middle) and lines are.
export function place(lineage, edges, direction) {
  const blocks = blocksOf(lineage, edges);
  const graph = laidOut(lineage, edges, blocks, direction);
  const way = through(graph);
  const held = new Map();
  for (const [parent, block] of blocks) {
    const { d, end } = way(parent, block.name);
    block.children.forEach((child, at) => held.set(child, inColumns(block, at, d, end)));
  }
  return {
    box: (id) => held.get(id)?.box ?? graph.node(id),
    line: ({ child, parent }) => held.get(child)?.line ?? way(parent, child),
  };
}

function laidOut(lineage, edges, blocks, direction) {
  const inBlock = new Set([...blocks.values()].flatMap((block) => block.children));
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: GAP, edgesep: GAP, ranksep: 90 });
  for (const id of lineage.nodes.keys()) {
    if (!inBlock.has(id)) graph.setNode(id, { width: WIDTH, height: HEIGHT });
  }
  for (const { child, parent, words } of edges) {
    const label = { width: words.length * LETTER, height: 1, labelpos: "c" };
    if (!inBlock.has(child)) graph.setEdge(parent, child, label);
  }
  for (const [parent, { name, width, height }] of blocks) {
    graph.setNode(name, { width, height });
    graph.setEdge(parent, name, {});
  }
  layout(graph);
  return graph;
}

function blocksOf(lineage, edges) {
  const parents = new Map();
  for (const { child, parent } of edges) {
    parents.set(child, [...(parents.get(child) ?? []), parent]);
  }
  const having = new Set(edges.map((edge) => edge.parent));
  const found = new Map();
  for (const [child, of] of parents) {
    if (of.length > 1 || having.has(child) || child === lineage.id) continue;
    found.set(of[0], [...(found.get(of[0]) ?? []), child]);
  }
  const many = [...found].filter(([, children]) => children.length > 2);
  return new Map(many.map(([parent, children]) => [parent, measured(parent, children)]));
}

function measured(parent, children) {
  const columns = Math.min(3, Math.ceil(children.length / 5));
  const rows = Math.ceil(children.length / columns);
  const name = JSON.stringify(["children of", parent]); // no id of an artifact
  return { name, children, rows, width: columns * PITCH - GAP, height: RUN + rows * ROW };
}

// `d` leads to `end`, the middle of the block's upper edge.
function inColumns(block, at, d, end) {
  const trunk = end.x - block.width / 2 + Math.floor(at / block.rows) * PITCH;
  const middle = end.y + RUN + (at % block.rows) * ROW + HEIGHT / 2;
  return {
    box: { x: trunk + STUB + WIDTH / 2, y: middle },
    line: { d: `${d}H${trunk}V${middle}H${trunk + STUB}`, x: trunk + STUB / 2, y: middle - 5 },
  };
}
