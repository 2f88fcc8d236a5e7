// The link to an answer copies itself; where there is no clipboard it stays a link.
export function makeShare(link) {
  if (!link || !navigator.clipboard) return;
  link.textContent = "Copy link";
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      link.textContent = "Copied";
    } catch {
      location.assign(link.href);
    }
  });
}
