// Places as the house counts them (lines and characters from 1) and as the editor does (code units from 0).

/** The offset of a line and column in a CodeMirror text; the nearest one where there is no such place. */
export function offsetOf(doc, line, column) {
  const at = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
  let units = 0;
  for (const sign of at.text) {
    if (--column < 1) break;
    units += sign.length;
  }
  return at.from + units;
}

/** The word or value that stands at an offset, for a marker to lie under; never empty where the line isn't. */
export function wordAt(doc, offset) {
  const line = doc.lineAt(offset);
  const rest = line.text.slice(offset - line.from);
  const found = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,{}[\]#:]+(?::\S+)?)/.exec(rest);
  const length = found ? found[0].length : rest.trimEnd().length;
  return { from: offset, to: Math.min(offset + length, line.to) };
}
