// The place of an error in the query, underlined until the query is changed.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

const put = StateEffect.define();
const word = Decoration.mark({ class: "cm-wrong" });
const line = Decoration.line({ class: "cm-wrong-line" });

export const marker = StateField.define({
  create: () => Decoration.none,
  update: (marks, change) => {
    const told = change.effects.find((effect) => effect.is(put));
    if (told) return told.value;
    return change.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// The server counts characters, the editor UTF-16 units: an emoji before the place is two of these.
function offset(text, column) {
  return [...text].slice(0, column - 1).join("").length;
}

export function wrong(view, number, column) {
  const doc = view.state.doc;
  if (number > doc.lines) return;
  const at = doc.line(number);
  const from = Math.min(at.from + offset(at.text, column), at.to);
  const length = doc.sliceString(from, at.to).match(/^[\w$]+|^./u)?.[0].length ?? 0;
  const marks = [line.range(at.from)];
  if (length) marks.push(word.range(from, from + length));
  view.dispatch({
    effects: put.of(Decoration.set(marks)),
    selection: { anchor: from },
    scrollIntoView: true,
  });
}
