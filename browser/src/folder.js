// The folder: its plans with what they are worth, its filings with what can be begun from them, one click to build all.

import { $, day, make, plural } from "./dom.js";
import { ask } from "./net.js";

const STATES = {
  refused: ["\u2716", "Refused"],
  accepted: ["\u2713", "Accepted"],
  current: ["\u2713", "Built"],
  changed: ["\u25b2", "Changed since it was built"],
};

export class FolderView {
  /** @param told {open(name), convert(what, name), buildAll(names), chart(files), listed(files)} */
  constructor(told) {
    this.told = told;
    this.files = [];
    this.loading = null;
    $("build-all").addEventListener("click", () => this.told.buildAll(this.plans().map((file) => file.name)));
    $("show-chart").addEventListener("click", () => this.told.chart(this.files));
  }

  plans() {
    return this.files.filter((file) => file.plan);
  }

  filings() {
    return this.files.filter((file) => !file.plan && file.title);
  }

  /** Asks again; one question at a time, and one more where something changed meanwhile. */
  async refresh() {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = (async () => {
      do {
        this.again = false;
        const { ok, data } = await ask("/api/folder");
        if (ok) {
          this.files = data.files;
          this.show();
        }
      } while (this.again);
      this.loading = null;
    })();
    return this.loading;
  }

  current(name) {
    this.open = name;
    for (const item of $("plans").querySelectorAll("[data-plan]")) {
      if (item.dataset.plan === name) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  show() {
    const plans = this.plans();
    const filings = this.filings();
    $("plans").replaceChildren(...plans.map((file) => this.plan(file)));
    $("filings").replaceChildren(...filings.map((file) => this.filing(file)));
    $("no-plans").hidden = plans.length > 0;
    $("no-filings").hidden = filings.length > 0;
    $("build-all").disabled = plans.length === 0;
    $("show-chart").disabled = !this.files.some((file) => (file.holdings || []).length);
    this.current(this.open);
    this.told.listed(this.files);
  }

  plan(file) {
    const state = !file.accepted ? "refused" : file.built || "accepted";
    const [sign, words] = STATES[state];
    const due = file.due && file.due.length ? `Due ${day(file.due[0][1])}` : "";
    const what = file.title ? [file.forms > 1 ? `${file.forms} Forms ${file.form}` : file.form && `Form ${file.form}`, file.person].filter(Boolean).join(" \u00b7 ") : file.said || "";
    const said = state === "refused" && file.counts.error ? plural(file.counts.error, "error") : words;
    return make(
      "li",
      {},
      make(
        "button",
        { type: "button", class: "file", "data-plan": file.name, "data-plan-state": state, click: () => this.told.open(file.name) },
        make("span", { class: "file-name" }, file.name),
        make("span", { class: "file-what" }, what),
        make("span", { class: `file-state ${state}` }, make("span", { "aria-hidden": "true" }, `${sign} `), said, due ? ` \u00b7 ${due}` : ""),
      ),
      (file.outputs || []).length
        ? make(
            "p",
            { class: "outputs" },
            file.outputs.map((output) =>
              make(
                "a",
                { href: `/file/${output.split("/").map(encodeURIComponent).join("/")}`, target: "_blank", rel: "noopener" },
                shortName(output),
              ),
            ),
          )
        : null,
    );
  }

  filing(file) {
    const act = (what, label) =>
      make("button", { type: "button", class: "small", "aria-label": `${label} ${file.name}`, click: () => this.told.convert(what, file.name) }, label);
    return make(
      "li",
      {},
      make(
        "div",
        { class: "file" },
        make("a", { class: "file-name", href: `/file/${file.name.split("/").map(encodeURIComponent).join("/")}`, target: "_blank", rel: "noopener" }, file.name),
        make("span", { class: "file-what" }, [file.form && `Form ${file.form}`, file.person, file.period && day(file.period)].filter(Boolean).join(" \u00b7 ")),
      ),
      make("p", { class: "actions" }, act("amend", "Amend"), act("roll", "Roll"), act("import", "Import")),
    );
  }
}

function shortName(output) {
  const name = output.split("/").pop();
  const ending = /(\.submission\.xml|\.report\.json|\.redline\.pdf|\.[a-z]+)$/.exec(name);
  return { ".pdf": "PDF", ".xml": "XML", ".html": "HTML", ".redline.pdf": "Redline", ".submission.xml": "Submission", ".report.json": "Report" }[
    ending ? ending[1] : ""
  ] || name;
}
