// Where a plan begins: a plain one, an example, an event, a filing.

import { $, make } from "./dom.js";
import { ask } from "./net.js";

export class Start {
  /** @param told {create(name, text), insert(example), importFile(file)} */
  constructor(words, told) {
    this.told = told;
    const card = (kind, name, label, says, wide) =>
      make(
        "li",
        {},
        make("button", { type: "button", class: "card", click: () => this.begin(kind, name, wide) }, make("b", {}, label), make("span", {}, says)),
      );
    $("start-examples").replaceChildren(
      card("starter", "", "A plan with comments", "Every part explained, ready to be filled in", "plan"),
      ...words.examples.map(({ name, says }) => card("example", name, spoken(name), says, name)),
    );
    $("start-events").replaceChildren(...words.events.map(({ name, says, example }) => this.event(name, says, example, card)));
    $("start-file").addEventListener("change", (event) => {
      for (const file of event.target.files) this.told.importFile(file);
      event.target.value = "";
      $("start").close();
    });
    $("new").addEventListener("click", () => this.show());
  }

  event(name, says, example, card) {
    const item = card("event", name, spoken(name), says, name);
    item.append(
      make("button", { type: "button", class: "small insert", "aria-label": `Add to this plan: ${spoken(name)}`, click: () => { $("start").close(); this.told.insert(example); } }, "Add to this plan"),
    );
    return item;
  }

  show() {
    $("start").showModal();
    $("start-name").value = "";
  }

  async begin(kind, name, stem) {
    const { ok, data } = await ask("/api/begin", { json: { kind, name } });
    if (!ok) return;
    const asked = $("start-name").value.trim();
    $("start").close();
    this.told.create(fileName(asked || stem), data.text);
  }
}

export function fileName(name) {
  return /\.ya?ml$/i.test(name) ? name : `${name}.yaml`;
}

function spoken(name) {
  const words = name.replace(/[-_]/g, " ");
  return words[0].toUpperCase() + words.slice(1);
}
