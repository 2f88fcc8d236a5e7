// What was asked before, in this browser alone.
import { consoleAddress } from "./links.js";

const KEY = "herdbook.console.history";
const MOST = 30;

export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return []; // storage is off, or holds something else
  }
}

function write(queries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(queries));
  } catch {
    // storage is off or full: the console works without
  }
}

export function remember(query) {
  const text = query.trim();
  if (text) write([text, ...read().filter((one) => one !== text)].slice(0, MOST));
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

function item(query) {
  const link = document.createElement("a");
  link.href = consoleAddress(query);
  link.title = query;
  const line = query.replace(/\s+/g, " ");
  link.textContent = line.length > 60 ? `${line.slice(0, 59)}…` : line;
  const made = document.createElement("li");
  made.append(link);
  return made;
}
