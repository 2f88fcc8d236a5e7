// Puts the server's own answer in the page: what it escaped stays escaped, and no script of the
// parsed document runs.
import { showGraph } from "./graph.js";
import { makeShare } from "./share.js";

// What the answer to another query replaces beside the answer itself.
const BESIDE = ["[data-asked]", "[data-fields]"];

export function showAnswer(place, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-answer]");
  if (!fresh) {
    showError(place, page.querySelector("main p")?.textContent ?? "No answer.");
    return;
  }
  place.replaceChildren(...fresh.childNodes);
  for (const name of BESIDE) {
    document.querySelector(name)?.replaceChildren(...page.querySelector(name).childNodes);
  }
  document.title = page.title;
  place.querySelector(".error")?.scrollIntoView({ block: "nearest" });
}

// What only a script can do with an answer that is in the page.
export function dress(place, editor) {
  showGraph(place);
  makeShare(place.querySelector("[data-share]"));
  const wrong = place.querySelector(".error[data-line]");
  if (wrong) editor.mark(Number(wrong.dataset.line), Number(wrong.dataset.column));
}

export function showError(place, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  place.replaceChildren(line);
}
