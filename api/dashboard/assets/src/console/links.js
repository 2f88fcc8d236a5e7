export function consoleAddress(query) {
  return `/console?${new URLSearchParams({ q: query })}`;
}
