// The console: an editor over the form's own field, answers without leaving the page, history.
import { makeEditor } from "./console/editor.js";
import { dress, showAnswer, showError } from "./console/answer.js";
import { makeRecall, remember, showHistory } from "./console/history.js";

const form = document.querySelector("[data-console]");
if (form) start(form);

function start(form) {
  const field = form.elements.q;
  const state = form.querySelector("[data-state]");
  const answer = document.querySelector("[data-answer]");
  const words = JSON.parse(document.getElementById("vocabulary").textContent);
  const recall = makeRecall();
  const editor = makeEditor(field, words, {
    run: () => form.requestSubmit(),
    recall: (step) => recall(step, editor.text()),
  });
  form.querySelector("[data-hint]").hidden = false;
  if (new URLSearchParams(location.search).get("q")) remember(location.search.slice(1));
  showHistory();
  dress(answer, editor);

  let asking = null;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    field.value = editor.text();
    if (!field.value.trim()) return;
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form)).toString();
    history.pushState(null, "", `/console?${query}`);
    state.textContent = "Running …";
    answer.setAttribute("aria-busy", "true");
    try {
      const page = await fetch(`/console?${query}`, { signal: asking.signal });
      showAnswer(answer, await page.text());
      dress(answer, editor);
      remember(query);
      showHistory();
    } catch (error) {
      if (error.name === "AbortError") return;
      showError(answer, "The server cannot be reached. Is it still running?");
    }
    state.textContent = "";
    answer.removeAttribute("aria-busy");
  });
  window.addEventListener("popstate", () => location.reload());
}
