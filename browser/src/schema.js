// The plan's JSON Schema, asked what may stand at a path.

const REFERENCE = "FootnoteReference";
const ANY_TEXT = "\\S"; // the pattern of what may be any text, such as a name

export class Schema {
  constructor(schema) {
    this.schema = schema;
    this.sections = Object.entries(schema.properties)
      .filter(([, node]) => this.shapes(node).every((shape) => isOpen(shape)))
      .map(([name]) => name);
  }

  /** The shapes that a node may have, each alternative and condition followed; `keys` are those that stand there. */
  shapes(node, keys = [], seen = new Set()) {
    if (!node || typeof node !== "object" || seen.has(node)) return [];
    seen.add(node);
    if (node.$ref) return this.shapes(this.schema.$defs[node.$ref.split("/").pop()], keys, seen);
    const inner = [...(node.anyOf || []), ...(node.oneOf || [])];
    if (node.then || node.else) {
      const told = node.if && node.if.required && node.if.required.every((key) => keys.includes(key));
      inner.push(node.then, ...(told ? [] : [node.else]));
    }
    const found = inner.flatMap((one) => this.shapes(one, keys, seen));
    return node.properties || node.enum || "const" in node || !found.length ? [node, ...found] : found;
  }

  /** The nodes that govern a path. */
  at(path) {
    let nodes = [this.schema];
    for (const step of path) {
      nodes = nodes.flatMap((node) =>
        this.shapes(node).flatMap((shape) => {
          if (typeof step === "number") return shape.items ? [shape.items] : [];
          const own = shape.properties && shape.properties[step];
          return own ? [own] : isOpen(shape) ? [shape.additionalProperties] : [];
        }),
      );
    }
    return nodes;
  }

  /** The keys that may stand in the mapping at a path beside others: [{key, says, needed}]. */
  keys(path, siblings) {
    const shapes = this.at(path).flatMap((node) => this.shapes(node, siblings)).filter((shape) => shape.properties);
    const fitting = shapes.filter((shape) => siblings.every((key) => key in shape.properties));
    const chosen = fitting.length ? fitting : shapes;
    const found = new Map();
    for (const shape of chosen) {
      const demands = [shape, ...(shape.allOf || []).filter(isOwn).map((one) => one.then || one)];
      const needed = demands.flatMap((one) => one.required || []);
      for (const [key, node] of Object.entries(shape.properties)) {
        if (siblings.includes(key)) continue;
        const known = found.get(key) || found.set(key, { key, says: "", times: 0 }).get(key);
        known.says ||= node.description || "";
        known.times += needed.includes(key) ? 1 : 0;
      }
    }
    return [...found.values()].map(({ key, says, times }) => ({ key, says, needed: times === chosen.length }));
  }

  /** True where the keys of the mapping at a path are names that the plan gives elsewhere. */
  named(path) {
    return !this.sections.includes(path[0]) && this.at(path).some((node) => this.shapes(node).some(isOpen));
  }

  /** What a value at a path may be: the words that are allowed, and which of the plan's own names fit there. */
  values(path) {
    const nodes = this.at(path);
    const shapes = nodes.flatMap((node) => this.shapes(node));
    const words = shapes.flatMap((shape) => shape.enum || ("const" in shape ? [shape.const] : []));
    const notes = nodes.some((node) => [node, ...(node.anyOf || [])].some((one) => one.$ref && one.$ref.endsWith(REFERENCE)));
    const holder = shapes.some((shape) => shape.properties && "indirect" in shape.properties);
    const plain = shapes.some((shape) => isText(shape) && (!shape.pattern || shape.pattern === ANY_TEXT) && !shape.enum);
    return { words: [...new Set(words.map(String))], notes, holder, plain };
  }

  /** What the schema says of the key that a path ends with, among other keys. */
  says(path, siblings = []) {
    const known = this.keys(path.slice(0, -1), siblings).find((one) => one.key === path[path.length - 1]);
    const node = this.at(path).find((one) => one.description);
    return (known && known.says) || (node && node.description) || "";
  }
}

/** True for a demand that no value of another key has brought about, as form 4/A does. */
function isOwn(demand) {
  const parts = demand.if ? demand.if.allOf || [demand.if] : [];
  return !parts.some((part) => part.properties && part.required);
}

function isOpen(shape) {
  return Boolean(shape.additionalProperties) && typeof shape.additionalProperties === "object" && !shape.properties;
}

function isText(shape) {
  return [].concat(shape.type || []).includes("boolean") || shape.type === "string";
}
