// Puts the server's own answer in the page: what it escaped stays escaped, and no script of the
// parsed document runs.

export function showAnswer(place, form, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-answer]");
  if (fresh) place.replaceChildren(...fresh.childNodes);
  else showError(place, page.querySelector("main p")?.textContent ?? "No answer.");
  showParameters(form, page.querySelector(".parameters"));
  place.querySelector(".error")?.scrollIntoView({ block: "nearest" });
}

export function showError(place, words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  place.replaceChildren(line);
}

// A query that names a parameter gets a field for it.
function showParameters(form, fresh) {
  form.querySelector(".parameters")?.remove();
  if (fresh) form.querySelector(".run").before(fresh);
}
