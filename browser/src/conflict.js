// Both texts side by side, where a plan was changed here and by another program: nothing is lost, the author decides.

import { MergeView } from "@codemirror/merge";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { $, nonce } from "./dom.js";

let view = null;

/** Shows both; `chosen` is given the text to go on with, when the author has one. Closing decides nothing. */
export function showConflict({ mine, theirs, chosen }) {
  const shared = [EditorView.cspNonce.of(nonce), yaml(), lineNumbers(), EditorView.lineWrapping];
  if (view) view.destroy();
  view = new MergeView({
    a: { doc: theirs, extensions: [...shared, EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-label": "On the disk", tabindex: "0" })] },
    b: {
      doc: mine,
      extensions: [...shared, history(), keymap.of([...historyKeymap, ...defaultKeymap]), EditorView.contentAttributes.of({ "aria-label": "Yours", tabindex: "0" })],
    },
    parent: $("conflict-body"),
    revertControls: "a-to-b",
    highlightChanges: true,
    gutter: true,
  });
  const end = (text) => {
    $("conflict").close();
    chosen(text);
  };
  $("conflict-mine").onclick = () => end(view.b.state.sliceDoc());
  $("conflict-theirs").onclick = () => end(theirs);
  $("conflict").showModal();
}
