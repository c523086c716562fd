// Completion and hover: keys and words from the plan's own JSON Schema, names from this plan, codes with their meaning.

import { hoverTooltip } from "@codemirror/view";
import { contextAt, namesOf } from "./yaml.js";

const LABELS = { securities: "security", footnotes: "footnote", ownership_lines: "holder" };

function completion(words) {
  return (context) => {
    const place = contextAt(context.state.doc, context.pos);
    if (!place) return null;
    const typed = context.state.sliceDoc(place.from, context.pos);
    if (!context.explicit && !typed && place.key) return null;
    const { doc } = context.state;
    const options = place.key ? keyOptions(words, place, doc) : valueOptions(words, place, doc);
    if (!options.length) return null;
    return { from: place.from, options, validFor: /^[\w./-]*$/ };
  };
}

function keyOptions(words, place, doc) {
  const names = words.schema.named(place.path) ? Object.values(namesOf(doc, words.schema.sections)).flat() : [];
  return [
    ...words.schema.keys(place.path, place.siblings).map(({ key, says, needed }) => ({
      label: key,
      type: "property",
      detail: needed ? "needed" : undefined,
      info: says || undefined,
      boost: needed ? 2 : 0,
      apply: `${key}: `,
    })),
    ...names.map(({ name, says }) => ({ label: name, type: "variable", info: says || undefined, apply: `${name}: ` })),
  ];
}

function valueOptions(words, place, doc) {
  const wanted = words.schema.values(place.path);
  const names = namesOf(doc, words.schema.sections);
  const options = wanted.words.map((word) => ({ label: word, type: "constant", detail: meaning(words, wanted, word) }));
  const offer = (section, boost) => {
    for (const { name, says } of names[section] || []) {
      options.push({ label: name, type: "variable", detail: LABELS[section] || section, info: says || undefined, boost });
    }
  };
  const under = place.path[0];
  if (wanted.notes || place.path[place.path.length - 1] === "note") offer("footnotes", 1);
  else if (wanted.holder) {
    options.push({ label: "direct", type: "constant" });
    offer("ownership_lines", 1);
  } else if (wanted.plain && (place.path.length > 2 || under in names)) {
    offer("securities", 1);
  }
  return options;
}

/** What a word means: a transaction code's meaning where the words allowed are such codes. */
function meaning(words, wanted, word) {
  return wanted.words.length > 2 && wanted.words.every((one) => one in words.codes) ? words.codes[word] : undefined;
}

function hover(words) {
  return hoverTooltip((view, position) => {
    const doc = view.state.doc;
    const line = doc.lineAt(position);
    const found = wordAround(line.text, position - line.from);
    if (!found) return null;
    const isKey = /^\s*:(\s|$)/.test(line.text.slice(found.to));
    const place = contextAt(doc, line.from + found.from);
    if (!place) return null;
    const says = isKey && place.key ? words.schema.says([...place.path, found.word], place.siblings.filter((key) => key !== found.word)) : place.key ? "" : ofValue(words, place, doc, found.word);
    if (!says) return null;
    return {
      pos: line.from + found.from,
      end: line.from + found.to,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "cm-help";
        dom.append(Object.assign(document.createElement("b"), { textContent: found.word }), ` ${says}`);
        return { dom };
      },
    };
  });
}

function ofValue(words, place, doc, word) {
  const wanted = words.schema.values(place.path);
  const code = meaning(words, wanted, word);
  if (code) return code;
  const names = namesOf(doc, words.schema.sections);
  for (const [section, list] of Object.entries(names)) {
    const known = list.find((one) => one.name === word);
    if (known && known.says) return `${LABELS[section] || section}: ${known.says}`;
  }
  return "";
}

function wordAround(text, at) {
  const pattern = /[\w.-]+/g;
  for (let found; (found = pattern.exec(text)); ) {
    if (found.index <= at && at <= found.index + found[0].length) {
      return { word: found[0], from: found.index, to: found.index + found[0].length };
    }
  }
  return null;
}

export const help = { completion, hover };
