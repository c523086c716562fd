// Where in a plan a place of its text is: the path of keys to it, told from indents and brackets, so that it can be told
// while half a line is there. What the plan means is the server's to say; this serves completion and hover alone.

const TOKEN = /^(\s*)((?:- +)*)(-$)?/;
const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:{}[\],&*!|>'"%@`-][^#:{}[\],]*?|[^\s#:{}[\],]+?)\s*:(?=\s|$)/;

/** The parts of a line: its dashes and its key, each with its indent; `rest` is what follows the key. */
export function lineParts(text) {
  const parts = [];
  const lead = TOKEN.exec(text);
  let at = lead[1].length;
  for (const dash of lead[2].match(/- +/g) || []) {
    parts.push({ indent: at, dash: true });
    at += dash.length;
  }
  if (lead[3]) {
    parts.push({ indent: at, dash: true });
    return { parts, indent: at + 2, rest: "", restAt: text.length };
  }
  const body = text.slice(at);
  const key = KEY.exec(body);
  if (!key) return { parts, indent: at, rest: body, restAt: at };
  parts.push({ indent: at, key: unquoted(key[1]) });
  const after = body.slice(key[0].length);
  const blank = /^\s*/.exec(after)[0].length;
  return { parts, indent: at, rest: after.slice(blank), restAt: at + key[0].length + blank };
}

export function unquoted(text) {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text.trim();
}

const isBlank = (text) => /^\s*(#|$)/.test(text);

/**
 * What stands at an offset: `path` of keys (a number for an item of a list), `key` true where a key is being written and
 * false for a value, `from` where the word begins, `siblings` the other keys of the same mapping.
 */
export function contextAt(doc, offset) {
  const line = doc.lineAt(offset);
  const before = line.text.slice(0, offset - line.from);
  if (/(^|\s)#/.test(withoutQuotes(before))) return null;
  const flow = flowStart(doc, line.number, offset);
  const first = flow ? doc.line(flow.line) : line;
  const head = lineParts(flow ? first.text : before);
  const whole = lineParts(first.text);
  const block = ancestors(doc, first.number, head.parts);
  if (flow) {
    const inner = readFlow(doc.sliceString(first.from + head.restAt, offset), doc.sliceString(offset, offset + 2000));
    if (!inner) return null;
    return { ...inner, path: [...block, ...own(head.parts), ...inner.path], from: offset - inner.length };
  }
  const last = head.parts[head.parts.length - 1];
  if (last && last.key !== undefined) {
    return { path: [...block, ...own(head.parts)], key: false, from: line.from + head.restAt, siblings: [] };
  }
  if (/[|>{[]/.test(head.rest)) return null;
  const indent = head.parts.length ? head.indent : head.restAt;
  const path = [...ancestorsOf(doc, line.number, indent, head.parts), ...own(head.parts)];
  return { path, key: true, from: line.from + head.restAt, siblings: siblingsOf(doc, line.number, indent, whole) };
}

function own(parts) {
  return parts.map((part) => (part.dash ? 0 : part.key));
}

function withoutQuotes(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, (quoted) => " ".repeat(quoted.length));
}

function ancestors(doc, number, parts) {
  const indent = parts.length ? parts[0].indent : lineParts(doc.line(number).text).indent;
  return ancestorsOf(doc, number, indent, parts);
}

/** The keys above a line whose own parts begin at an indent. */
function ancestorsOf(doc, number, indent, parts) {
  const path = [];
  const dashed = parts.length > 0 && parts[0].dash;
  let need = parts.length ? parts[0].indent : indent;
  let equal = dashed; // a list may stand under its key without an indent
  for (let at = number - 1; at > 0 && (need > 0 || equal); at--) {
    const text = doc.line(at).text;
    if (isBlank(text)) continue;
    const found = lineParts(text).parts;
    for (let index = found.length - 1; index >= 0; index--) {
      const part = found[index];
      const above = part.indent < need || (equal && part.key !== undefined && part.indent === need);
      if (!above) continue;
      path.unshift(part.dash ? 0 : part.key);
      need = part.indent;
      equal = Boolean(part.dash);
    }
  }
  return path;
}

/** The keys of the mapping that a line at an indent belongs to, its own aside. */
function siblingsOf(doc, number, indent, whole) {
  const keys = [];
  const look = (at) => {
    const text = doc.line(at).text;
    if (isBlank(text)) return true;
    const { parts } = lineParts(text);
    const first = parts[0];
    const key = parts.find((part) => part.key !== undefined && part.indent === indent);
    if (key) keys.push(key.key);
    const begins = first && first.dash && first.indent < indent;
    const outside = (first ? first.indent : lineParts(text).indent) < indent;
    return !(begins || outside) || (begins && Boolean(key) ? "begins" : false);
  };
  const begun = whole.parts.some((part) => part.dash);
  for (let at = number - 1; !begun && at > 0; at--) if (look(at) !== true) break;
  for (let at = number + 1; at <= doc.lines; at++) {
    const text = doc.line(at).text;
    const { parts } = lineParts(text);
    if (!isBlank(text) && parts[0] && parts[0].dash && parts[0].indent < indent) break;
    if (look(at) !== true) break;
  }
  return keys;
}

/** Where a bracket was opened that is still open at an offset: its line; null where there is none. */
function flowStart(doc, number, offset) {
  for (let at = number; at > 0 && at > number - 12; at--) {
    const line = doc.line(at);
    const parts = lineParts(line.text);
    const text = withoutQuotes(doc.sliceString(Math.min(line.from + parts.restAt, offset), offset)).replace(/#.*$/gm, "");
    let depth = 0;
    for (const sign of text) depth += "{[".includes(sign) ? 1 : "}]".includes(sign) ? -1 : 0;
    if (depth > 0 && /^[{[]/.test(parts.rest)) return { line: at };
    if (at < number && parts.parts.length && !/[{[]/.test(line.text)) return null;
  }
  return null;
}

function readFlow(text, after) {
  const frames = [];
  let word = "";
  let quote = "";
  const top = () => frames[frames.length - 1];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quote) {
      word += sign;
      if (sign === quote) quote = "";
    } else if (`"'`.includes(sign) && !word.trim()) {
      quote = sign;
      word = sign;
    } else if ("{[".includes(sign)) {
      frames.push({ list: sign === "[", keys: [], key: null });
      word = "";
    } else if ("}]".includes(sign)) {
      frames.pop();
      word = "";
    } else if (sign === "," && top()) {
      top().key = null;
      word = "";
    } else if (sign === ":" && top() && !top().list && top().key === null && /\s|^$/.test(text[at + 1] || "")) {
      top().key = unquoted(word.trim());
      top().keys.push(top().key);
      word = "";
    } else {
      word += sign;
    }
  }
  if (!frames.length) return null;
  const path = frames.slice(0, -1).map((frame) => (frame.list ? 0 : frame.key));
  const inner = top();
  const length = word.trimStart().length;
  if (inner.list) return { path: [...path, 0], key: false, length, siblings: [] };
  if (inner.key !== null) return { path: [...path, inner.key], key: false, length, siblings: [] };
  const further = after.slice(0, after.search(/[}\n]/) >>> 0).match(/[\w]+(?=:\s)/g) || [];
  return { path, key: true, length, siblings: [...inner.keys, ...further] };
}

/** The parts that a plan names itself, by section: {securities: [{name, says}]}, for the sections that are given. */
export function namesOf(doc, sections) {
  const found = Object.fromEntries(sections.map((section) => [section, []]));
  let section = null;
  let depth = -1;
  for (let number = 1; number <= Math.min(doc.lines, 5000); number++) {
    const text = doc.line(number).text;
    if (isBlank(text)) continue;
    const { parts, rest } = lineParts(text);
    const part = parts[0];
    if (!part || part.key === undefined) continue;
    if (part.indent === 0) {
      section = found[part.key] ? part.key : null;
      depth = -1;
    } else if (section) {
      if (depth < 0) depth = part.indent;
      if (part.indent === depth) {
        found[section].push({ name: part.key, says: rest.replace(/^[|>][-+]?\s*/, "").replace(/\s+#.*$/, ""), line: number });
      } else if (part.indent > depth && found[section].length && /^(title|text|indirect)$/.test(part.key)) {
        const last = found[section][found[section].length - 1];
        last.says = last.says || rest;
      }
    }
  }
  return found;
}

/** A line, and those of the parts that it stands within, the nearest first. */
export function linesAround(doc, number) {
  const lines = [number];
  const text = doc.line(number).text;
  if (isBlank(text)) return lines;
  let need = /^\s*/.exec(text)[0].length;
  for (let at = number - 1; at > 0 && need > 0; at--) {
    const above = doc.line(at).text;
    if (isBlank(above)) continue;
    const indent = /^\s*/.exec(above)[0].length;
    if (indent < need) {
      lines.push(at);
      need = indent;
    }
  }
  return lines;
}

/** Where an entry can be added to the list `transactions`: its offset and the indent of its entries; null without one. */
export function endOfEntries(doc) {
  let indent = null;
  let last = null;
  let head = null;
  for (let number = 1; number <= doc.lines; number++) {
    const line = doc.line(number);
    if (isBlank(line.text)) continue;
    if (/^transactions:\s*(#.*)?$/.test(line.text)) {
      head = last = line;
    } else if (head && /^\S/.test(line.text) && !/^- /.test(line.text)) {
      break;
    } else if (head) {
      if (indent === null) indent = /^\s*/.exec(line.text)[0];
      last = line;
    }
  }
  return head ? { at: last.to, indent: indent === null ? "  " : indent } : null;
}

/** The name of the first security that is no derivative. */
export function firstSecurity(doc) {
  const names = namesOf(doc, ["securities"]).securities;
  for (const { name, line } of names) {
    let derivative = false;
    const depth = /^\s*/.exec(doc.line(line).text)[0].length;
    for (let at = line; at <= doc.lines; at++) {
      const text = doc.line(at).text;
      if (at > line && !isBlank(text) && /^\s*/.exec(text)[0].length <= depth) break;
      if (/\bunderlying:/.test(text)) derivative = true;
    }
    if (!derivative) return name;
  }
  return names.length ? names[0].name : "common";
}
