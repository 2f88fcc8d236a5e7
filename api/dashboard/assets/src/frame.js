// On every page: how far a run under way is.
const banner = document.querySelector("[data-progress]");
const SECONDS = 5;

function show(run) {
  banner.hidden = !run;
  if (!run) return;
  const records = document.createElement("strong");
  records.textContent = (run.counts?.records ?? 0).toLocaleString("en").replaceAll(",", "\u202f");
  const runs = document.createElement("a");
  runs.href = "/runs";
  runs.textContent = "See the runs";
  banner.replaceChildren(`A ${run.kind} is under way: `, records, " records so far. ", runs);
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/v1/runs?limit=5", { headers: { Accept: "application/json" } });
      if (answer.ok) show((await answer.json()).items.find((run) => run.state === "running"));
    } catch {
      // The server is away for a moment: what stands there stays.
    }
  }
  setTimeout(look, SECONDS * 1000);
}

// A page that was opened while nothing ran is not asked about again: the next page will tell.
if (banner && !banner.hidden) setTimeout(look, SECONDS * 1000);
