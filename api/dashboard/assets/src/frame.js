// On every page: how far a run under way is. On the pages of runs: their figures, too.
import { visible } from "./lineage/text.js";

const banner = document.querySelector("[data-progress]");
const SECONDS = 5;
let followed; // the run that was under way when last looked at

const number = (value) => value.toLocaleString("en").replaceAll(",", "\u202f");

function made(tag, text, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, more);
}

// What stands between backticks is code, as in the pages themselves.
function coded(text) {
  return visible(text)
    .split("`")
    .map((part, place) => (place % 2 ? made("code", part) : part));
}

function bar(share) {
  const found = Object.assign(document.createElement("progress"), { max: 1, value: share });
  found.setAttribute("aria-label", "this stage");
  return found;
}

function underWay(run) {
  const here = run.stages.find((stage) => stage.name === run.stage);
  return [
    `${run.kind === "import" ? "An" : "A"} ${run.kind} is under way: `,
    run.progress ? `${run.progress}; ` : "",
    made("strong", (run.counts?.records || run.counts?.found || 0).toLocaleString("en")),
    " records so far. ",
    ...(here && here.share !== null ? [bar(here.share), " "] : []),
  ];
}

function show(run) {
  banner.hidden = !run;
  if (!run) return;
  const told =
    run.state === "running"
      ? underWay(run)
      : [`The ${run.kind} is over. `, ...coded(run.says), " What it brought is shown once it is built. "];
  banner.replaceChildren(...told, made("a", "See the runs", { href: "/runs" }));
}

function put(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

// Writes a run's figures where the page shows them.
function fill(run) {
  for (const part of document.querySelectorAll(`[data-run="${CSS.escape(run.id)}"]`)) {
    const state = part.querySelector("[data-state]");
    if (state) {
      put(state, run.state === "running" ? "under way" : run.state);
      state.className = `state is-${run.state}`;
    }
    part.querySelector("[data-says]")?.replaceChildren(...coded(run.says));
    for (const place of part.querySelectorAll("[data-count]")) {
      put(place, number(run.counts[place.dataset.count] ?? 0));
    }
    for (const stage of run.stages) {
      const row = part.querySelector(`[data-stage="${CSS.escape(stage.name)}"]`);
      if (!row) continue;
      row.querySelector("progress").value = stage.time === "done" ? 1 : (stage.share ?? 0);
      put(row.querySelector("[data-words]"), stage.words);
      put(row.querySelector("[data-time]"), stage.time);
    }
  }
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/v1/runs?limit=5", { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { items } = await answer.json();
        items.forEach(fill);
        const running = items.find((run) => run.state === "running");
        followed = running?.id ?? followed;
        show(running ?? items.find((run) => run.id === followed));
      }
    } catch {
      // The server is away for a moment: what stands there stays.
    }
  }
  setTimeout(look, SECONDS * 1000);
}

// A page that was opened while nothing ran is not asked about again: the next page will tell.
if (banner && !banner.hidden) {
  followed = banner.dataset.progress || undefined;
  setTimeout(look, SECONDS * 1000);
}
