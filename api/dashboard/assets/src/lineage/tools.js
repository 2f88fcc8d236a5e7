// The buttons over a drawing.
export function button(text, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = title;
  made.addEventListener("click", act);
  return made;
}

export function zoomButtons(view) {
  return [
    button("−", "Zoom out", () => view.by(1 / 1.4)),
    button("+", "Zoom in", () => view.by(1.4)),
  ];
}
