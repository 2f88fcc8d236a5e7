// The console: an editor over the form's own field, answers without leaving the page, history.
import { makeEditor } from "./console/editor.js";
import { showAnswer, showError } from "./console/answer.js";
import { remember, showHistory } from "./console/history.js";

const form = document.querySelector("[data-console]");
if (form) start(form);

function start(form) {
  const field = form.elements.q;
  const state = form.querySelector("[data-state]");
  const answer = document.querySelector("[data-answer]");
  const words = JSON.parse(document.getElementById("vocabulary").textContent);
  const editor = makeEditor(field, words, () => form.requestSubmit());
  form.querySelector("[data-hint]").hidden = false;
  if (new URLSearchParams(location.search).get("q")) remember(field.value);
  showHistory();

  let asking = null;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    field.value = editor.text();
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form)).toString();
    history.pushState(null, "", `/console?${query}`);
    state.textContent = "Running …";
    const started = performance.now();
    try {
      const page = await fetch(`/console?${query}`, { signal: asking.signal });
      showAnswer(answer, form, await page.text());
      state.textContent = `${((performance.now() - started) / 1000).toFixed(2)} s`;
      remember(field.value);
      showHistory();
    } catch (error) {
      if (error.name === "AbortError") return;
      state.textContent = "";
      showError(answer, "The server cannot be reached. Is it still running?");
    }
  });
  window.addEventListener("popstate", () => location.reload());
}
