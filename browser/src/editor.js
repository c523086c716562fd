// The editor: CodeMirror on a plan's text, with the findings as markers, completion and hover. Nothing rewrites the text
// but its author: no formatter, no closing of what was not opened, line ends as the file has them.

import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState, StateEffect, StateField } from "@codemirror/state";
import {
  crosshairCursor,
  Decoration,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { nonce } from "./dom.js";
import { help } from "./help.js";
import { offsetOf, wordAt } from "./positions.js";

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--key)" },
  { tag: [tags.string, tags.content, tags.special(tags.string)], color: "var(--value)" },
  { tag: tags.comment, color: "var(--comment)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--quiet)" },
  { tag: [tags.keyword, tags.meta, tags.labelName, tags.typeName], color: "var(--accent)" },
]);

const addAdded = StateEffect.define();
const clearAdded = StateEffect.define();
const added = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(addAdded)) marks = Decoration.set([Decoration.mark({ class: "cm-added" }).range(effect.value.from, effect.value.to)]);
      if (effect.is(clearAdded)) marks = Decoration.none;
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export class Editor {
  /**
   * @param parent where it stands
   * @param words what it helps with, see `help.js`
   * @param told {changed, moved}: what the author did
   */
  constructor(parent, words, told) {
    this.told = told;
    this.words = words;
    this.readOnly = new Compartment();
    this.view = new EditorView({
      parent,
      state: this.state("", "\n"),
      dispatchTransactions: (transactions, view) => {
        this.newest = transactions[transactions.length - 1].state;
        if (transactions.some((one) => one.docChanged)) this.told.changed(); // before it is drawn, which takes its time
        view.update(transactions);
      },
    });
    this.newest = this.view.state;
  }

  state(text, lineSeparator) {
    return EditorState.create({
      doc: text,
      extensions: [
        EditorState.lineSeparator.of(lineSeparator),
        this.readOnly.of([]),
        EditorView.cspNonce.of(nonce),
        keymap.of([
          { key: "Tab", run: acceptFirst },
          ...completionKeymap.filter((binding) => binding.key !== "Enter"),
          { key: "Enter", run: (view) => acceptChosen(view) },
          ...lintKeymap,
          ...searchKeymap,
          ...foldKeymap,
          ...historyKeymap,
          ...defaultKeymap,
        ]),
        lineNumbers(),
        foldGutter(),
        lintGutter({ hoverTime: 200 }),
        linter(null),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        dropCursor(),
        EditorState.allowMultipleSelections.of(true),
        indentOnInput(),
        indentUnit.of("  "),
        syntaxHighlighting(colours),
        bracketMatching(),
        rectangularSelection(),
        crosshairCursor(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        search({ top: true }),
        autocompletion({ defaultKeymap: false, selectOnOpen: false, override: [help.completion(this.words)], icons: false }),
        help.hover(this.words),
        yaml(),
        added,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "Plan", spellcheck: "false", tabindex: "0" }),
        EditorView.domEventHandlers({ beforeinput: typed }),
        EditorView.updateListener.of((update) => {
          if (update.selectionSet || update.docChanged) this.told.moved(this.line());
        }),
      ],
    });
  }

  /** Another text, with a history of its own. */
  open(text) {
    const ends = text.match(/\r\n|\n/g) || [];
    const dos = ends.length > 0 && ends.every((end) => end === "\r\n") && !/\r(?!\n)/.test(text);
    this.newest = this.state(text, dos ? "\r\n" : "\n");
    this.view.setState(this.newest);
    this.view.dispatch(setDiagnostics(this.view.state, []));
  }

  get text() {
    return this.newest.sliceDoc();
  }

  get doc() {
    return this.newest.doc;
  }

  /** The line of the cursor, from 1. */
  line() {
    return this.doc.lineAt(this.newest.selection.main.head).number;
  }

  /** Another program's text in place of this one, as a change that can be undone; the cursor stays where it can. */
  replace(text) {
    const now = this.text;
    let from = 0;
    while (from < now.length && from < text.length && now[from] === text[from]) from++;
    let end = 0;
    while (end < now.length - from && end < text.length - from && now[now.length - 1 - end] === text[text.length - 1 - end]) end++;
    const doc = this.view.state.toText(now.slice(0, from)).length;
    const old = this.view.state.toText(now.slice(from, now.length - end)).length;
    this.view.dispatch({ changes: { from: doc, to: doc + old, insert: this.view.state.toText(text.slice(from, text.length - end)) } });
  }

  /** New text at an offset, shown as added until the next change. */
  insert(at, text) {
    const insert = this.view.state.toText(text);
    this.view.dispatch({
      changes: { from: at, insert },
      selection: EditorSelection.cursor(at + insert.length),
      effects: addAdded.of({ from: at, to: at + insert.length }),
      scrollIntoView: true,
      userEvent: "input.drop",
    });
    this.view.focus();
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.view.dispatch({ effects: clearAdded.of(null) }), 12000);
  }

  /** Puts the cursor on a place, and the place into view. */
  go(line, column) {
    const offset = offsetOf(this.doc, line, column);
    this.view.dispatch({
      selection: EditorSelection.cursor(offset),
      effects: EditorView.scrollIntoView(offset, { y: "center" }),
      userEvent: "select",
    });
    this.view.focus();
  }

  /** The findings of this plan, as markers. */
  mark(findings) {
    const doc = this.doc;
    const diagnostics = findings.map((finding) => {
      const offset = offsetOf(doc, finding.line, finding.column);
      return {
        ...wordAt(doc, offset),
        severity: finding.severity === "note" ? "info" : finding.severity,
        source: finding.code,
        message: `${finding.code}: ${finding.message}${finding.hint ? `. ${finding.hint}` : ""}`,
        renderMessage: () => told(finding),
      };
    });
    diagnostics.sort((one, other) => one.from - other.from);
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  lock(locked) {
    this.view.dispatch({ effects: this.readOnly.reconfigure(locked ? EditorState.readOnly.of(true) : []) });
  }
}

function told(finding) {
  const message = document.createElement("div");
  const code = message.appendChild(document.createElement("b"));
  code.textContent = finding.code;
  message.append(` ${finding.message}`);
  if (finding.hint) {
    const hint = message.appendChild(document.createElement("div"));
    hint.className = "cm-hint";
    hint.textContent = finding.hint;
  }
  return message;
}

/** Enter takes a completion only where one was chosen with the arrows: at the end of a value it is a line end. */
function acceptChosen(view) {
  return completionStatus(view.state) === "active" && acceptCompletion(view);
}

/** Tab takes the one that was chosen, or the first; without a list it goes on to the next pane, as everywhere. */
function acceptFirst(view) {
  if (completionStatus(view.state) !== "active") return false;
  if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}

/**
 * What is typed is put in its place here. Over a selection the browser would give it the look of what it replaces, in a
 * style attribute, which the page's policy forbids; anywhere, it would be read back from what the browser made of it.
 */
function typed(event, view) {
  if (event.inputType !== "insertText" || !event.data || event.isComposing || view.composing || view.state.readOnly) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: event.data.length > 1 ? "input.paste" : "input.type", scrollIntoView: true });
  return true;
}
