// Completes by the place: labels in a node, types in a relationship, properties after a dot or in
// braces (those of the variable's own label, where the query says it), parameters after a dollar.
const NODE = /\([^()[\]{}]*[:|&!]\s*\w*$/;
const EDGE = /\[[^()[\]{}]*[:|]\s*\w*$/;
const INSIDE = /[:|]\s*(\w+)\s*\{(?:[^{}]*,)?\s*\w*$/;
const AFTER_DOT = /(\w+)\.\w*$/;
const PARAMETER = /\$\w*$/;
const QUOTED = /'[^']*$|"[^"]*$|\/\/.*$/;

export function completions(words) {
  const labels = options(words.labels, "class");
  const types = options(words.types, "type");
  const properties = options(words.properties, "property");
  const parameters = options(words.parameters, "variable");
  const plain = [
    ...words.keywords.map((label) => ({ label, type: "keyword", boost: 1 })),
    ...options(words.functions, "function").map((one) => ({ ...one, apply: called })),
  ];

  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (QUOTED.test(before.replace(/'[^']*'|"[^"]*"/g, ""))) return null;
    const from = context.matchBefore(/\w*/).from;
    const anywhere = !/[:|.$({,]\s*\w*$/.test(before) && from === context.pos;
    if (anywhere && !context.explicit) return null;
    const found = offered(before, context.state.doc.toString());
    if (!found) return null;
    return { from, options: found, validFor: /^\w*$/ };
  };

  function offered(before, query) {
    if (PARAMETER.test(before)) return parameters;
    if (NODE.test(before)) return labels;
    if (EDGE.test(before)) return types;
    const inside = before.match(INSIDE);
    if (inside) return of(inside[1]);
    const dotted = before.match(AFTER_DOT);
    if (dotted) return /^\d+$/.test(dotted[1]) ? null : of(kind(dotted[1], query));
    return [...plain, ...variables(query)];
  }

  function of(name) {
    const own = Object.hasOwn(words.of, name ?? "") ? words.of[name] : null;
    return own?.length ? properties.filter(({ label }) => own.includes(label)) : properties;
  }
}

// The label or type that the query gives a variable.
function kind(name, query) {
  return query.match(new RegExp(`[([]\\s*${name}\\s*:\\s*(\\w+)`))?.[1];
}

function variables(query) {
  const found = query.matchAll(/[([]\s*([A-Za-z_]\w*)\s*[:)\]{]|\bAS\s+([A-Za-z_]\w*)/gi);
  const names = new Set([...found].map(([, one, other]) => one ?? other));
  return [...names].map((label) => ({ label, type: "variable", boost: 2 }));
}

function called(view, completion, from, to) {
  const text = `${completion.label}()`;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length - 1 } });
}

function options(told, type) {
  return Object.entries(told).map(([label, info]) => ({ label, type, info }));
}
