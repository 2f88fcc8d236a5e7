// CodeMirror in a shadow tree: there it brings its style as a constructed sheet, which the
// page's policy allows, and not as a <style> element, which it does not.
import { autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completions } from "./completion.js";
import { marker, wrong } from "./mark.js";

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.string, color: "var(--review)" },
  { tag: [tags.number, tags.atom], color: "var(--info)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);
// What follows a dot is a property, whatever keyword it looks like; a parameter is a value.
const language = {
  ...cypher,
  token(stream, state) {
    if (stream.match(/^\$\w+/)) return "atom";
    const property = stream.pos > 0 && stream.string[stream.pos - 1] === ".";
    if (property && stream.match(/^[A-Za-z_]\w*/)) return "property";
    if (stream.match(/^(?:AND|OR|XOR|NOT|IN|IS)\b/i)) return "keyword";
    return cypher.token(stream, state);
  },
};
const look = EditorView.theme({
  "&": { fontSize: "0.9rem", color: "var(--ink)", minHeight: "9rem", maxHeight: "50vh" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto", minHeight: "9rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-gutters": { background: "none", border: "none", color: "var(--soft)" },
  ".cm-tooltip": { background: "var(--paper)", border: "1px solid var(--edge)", color: "var(--ink)" },
  ".cm-wrong": { textDecoration: "underline wavy var(--failed) 1.5px", textUnderlineOffset: "3px" },
  ".cm-wrong-line": { background: "color-mix(in srgb, var(--failed) 12%, transparent)" },
  ".cm-completionInfo": { maxWidth: "20rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--paper)" },
});

export function makeEditor(field, words, { run, recall }) {
  const host = document.createElement("div");
  host.className = "editor";
  host.dataset.editor = "";
  field.before(host);
  field.hidden = true;
  field.required = false; // a hidden field cannot be pointed at
  const root = host.attachShadow({ mode: "open" });
  const put = (text) => {
    if (text === null) return;
    const changes = { from: 0, to: view.state.doc.length, insert: text };
    view.dispatch({ changes, selection: { anchor: text.length }, scrollIntoView: true });
  };
  const own = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Ctrl-ArrowUp", run: () => (put(recall(1)), true) },
    { key: "Ctrl-ArrowDown", run: () => (put(recall(-1)), true) },
  ];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        keymap.of([...own, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        history(),
        lineNumbers(),
        bracketMatching(),
        closeBrackets(),
        marker,
        StreamLanguage.define(language),
        syntaxHighlighting(colours),
        autocompletion({ override: [completions(words)], icons: false }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Query" }),
        look,
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    mark: (line, column) => wrong(view, line, column),
  };
}
