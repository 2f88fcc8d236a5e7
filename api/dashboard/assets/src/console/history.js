// What was asked before, in this browser alone: addresses' query strings, newest first.
const KEY = "herdbook.console.asked";
const MOST = 50;

export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string" && text(one)) : [];
  } catch {
    return []; // storage is off, or holds something else
  }
}

function write(asked) {
  try {
    localStorage.setItem(KEY, JSON.stringify(asked));
  } catch {
    // storage is off or full: the console works without
  }
}

function text(asked) {
  return new URLSearchParams(asked).get("q")?.trim() ?? "";
}

export function remember(asked) {
  if (text(asked)) write([asked, ...read().filter((one) => one !== asked)].slice(0, MOST));
}

export function showHistory() {
  const place = document.querySelector("[data-history]");
  const kept = read();
  place.hidden = kept.length === 0;
  place.querySelector("ul").replaceChildren(...kept.map(item));
  place.querySelector("[data-forget]").onclick = () => {
    write([]);
    showHistory();
  };
}

// Goes back (1) and forth (-1) through what was asked; what was being written is the newest.
export function makeRecall() {
  let at = -1;
  let draft = "";
  return (step, now) => {
    const queries = [...new Set(read().map(text))];
    if (queries[at] !== now.trim()) at = -1; // it was changed since
    if (at === -1) draft = now;
    const same = at === -1 && step > 0 && queries[0] === now.trim();
    const next = at + (same ? 2 : step);
    if (next >= queries.length || next < -1) return null;
    at = next;
    return at === -1 ? draft : queries[at];
  };
}

function item(asked) {
  const query = text(asked);
  const link = document.createElement("a");
  link.href = `/console?${new URLSearchParams(asked)}`;
  link.title = query;
  const line = query.replace(/\s+/g, " ");
  link.textContent = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  const made = document.createElement("li");
  made.append(link);
  return made;
}
