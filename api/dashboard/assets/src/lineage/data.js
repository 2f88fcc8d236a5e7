// A lineage as maps: nodes by id, edges by child, parent and relation.

const hues = new Map(); // family -> class, learnt from what the page came with
const key = (edge) => JSON.stringify([edge.child, edge.parent, edge.relation]);

export function readData(text) {
  const told = JSON.parse(text);
  Object.entries(told.hues).forEach(([family, hue]) => hues.set(family, hue));
  return {
    id: told.id,
    nodes: new Map(told.nodes.map((node) => [node.id, node])),
    edges: new Map(told.edges.map((edge) => [key(edge), edge])),
  };
}

// At most so many new relatives of one artifact: a root has thousands of children.
const MOST = 12;

// Returns how many were left out.
export function merge(lineage, part) {
  const unseen = part.nodes.filter((node) => !lineage.nodes.has(node.id));
  const fresh = unseen.slice(0, MOST);
  for (const node of fresh) {
    lineage.nodes.set(node.id, {
      id: node.id,
      crawled: node.crawled,
      hue: hues.get(node.families[0]) ?? "none",
      href: `/artifact?id=${encodeURIComponent(node.id)}`,
      more: restPath(node.id),
    });
  }
  for (const edge of part.edges) {
    if (lineage.nodes.has(edge.child) && lineage.nodes.has(edge.parent)) {
      lineage.edges.set(key(edge), edge);
    }
  }
  return unseen.length - fresh.length;
}

function restPath(id) {
  const kind = id.startsWith("datasets/") ? "datasets" : "models";
  const parts = id.replace(/^datasets\//, "").split("/");
  if (parts.length === 1) parts.unshift("_");
  if (parts.length !== 2 || parts.some((part) => ["", ".", ".."].includes(part))) return null;
  return `/v1/${kind}/${parts.map(encodeURIComponent).join("/")}/lineage`;
}
