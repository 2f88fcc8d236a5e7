// Completes labels after a colon, types in brackets, properties after a dot, else keywords.

const KEYWORDS = `MATCH OPTIONAL WHERE RETURN WITH UNWIND ORDER BY LIMIT SKIP DISTINCT AS AND OR NOT IN
  IS NULL STARTS ENDS CONTAINS CASE WHEN THEN ELSE END UNION EXISTS ASC DESC count collect sum avg
  min max size coalesce toLower substring`.split(/\s+/);

export function completions(words) {
  const labels = options(words.labels, "class");
  const types = options(words.types, "type");
  const properties = options(words.properties, "property");
  const keywords = KEYWORDS.map((label) => ({ label, type: "keyword" }));
  return (context) => {
    const after = context.matchBefore(/(\[[^\]]*:|\||[:.])?\s*\w*/);
    const word = context.matchBefore(/\w*/);
    if (!after || (after.text === "" && !context.explicit)) return null;
    if (!after.text.trim() && !context.explicit) return null;
    return { from: word.from, options: offered(after.text), validFor: /^\w*$/ };
  };

  function offered(text) {
    if (text.startsWith("[") || text.startsWith("|")) return types;
    if (text.startsWith(":")) return [...labels, ...types];
    if (text.startsWith(".")) return properties;
    return [...keywords, ...labels, ...types];
  }
}

function options(told, type) {
  return Object.entries(told).map(([label, info]) => ({ label, type, info }));
}
