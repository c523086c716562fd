// The list of findings, in the order of the plan; a click goes to the place.

import { $, make, plural } from "./dom.js";

const SIGNS = { error: "\u2716", warning: "\u25b2", note: "\u25cf", waived: "\u2713" };

export class Findings {
  constructor(told) {
    this.told = told;
    this.list = $("finding-list");
    this.list.addEventListener("keydown", (event) => this.key(event));
  }

  show(findings, counts, plan) {
    const had = document.activeElement && document.activeElement.closest ? document.activeElement.closest("#finding-list") : null;
    const key = had && document.activeElement.dataset.key;
    this.list.replaceChildren(...findings.map((finding) => this.item(finding, plan)));
    $("findings-none").hidden = findings.length > 0;
    this.count(counts);
    if (key) {
      const again = [...this.list.querySelectorAll("button")].find((one) => one.dataset.key === key);
      if (again) again.focus();
    }
  }

  item(finding, plan) {
    const kind = finding.waived ? "waived" : finding.severity;
    const place = finding.line ? `${finding.file === plan ? "" : `${finding.file}, `}line ${finding.line}` : "";
    return make(
      "li",
      { "data-finding": finding.code, "data-severity": kind },
      make(
        "button",
        {
          type: "button",
          "data-key": `${finding.code}:${finding.line}:${finding.column}`,
          title: finding.source || null,
          click: () => finding.line && this.told.go(finding.file, finding.line, finding.column),
        },
        make("span", { class: "sign", "aria-hidden": "true" }, SIGNS[kind]),
        make("span", { class: "code" }, finding.code),
        make(
          "span",
          { class: "what" },
          make("span", { class: "hidden" }, `${kind}: `),
          make("span", { class: "message" }, finding.message),
          " ",
          finding.waived ? make("span", { class: "hint" }, `Waived: ${finding.waived}`) : null,
          !finding.waived && finding.hint ? make("span", { class: "hint" }, finding.hint) : null,
        ),
        make("span", { class: "place" }, place),
      ),
    );
  }

  count(counts) {
    const shown = ["error", "warning", "note"].filter((kind) => counts[kind]);
    const parts = shown.map((kind) => make("span", { class: `count ${kind}` }, plural(counts[kind], kind)));
    if (counts.waived) parts.push(make("span", { class: "count waived" }, `${counts.waived} waived`));
    $("counts").replaceChildren(...parts);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const buttons = [...this.list.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement) + step];
    if (next) next.focus();
    event.preventDefault();
  }
}
