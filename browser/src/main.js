// The workbench's page: one plan at a time, its text, its form, its findings.

import { Checking } from "./checking.js";
import { showConflict } from "./conflict.js";
import { $, day, make, plural, toast } from "./dom.js";
import { Editor } from "./editor.js";
import { Findings } from "./findings.js";
import { FolderView } from "./folder.js";
import { Form } from "./form.js";
import { ask, Line, onReachable } from "./net.js";
import { Schema } from "./schema.js";
import { fileName, Start } from "./start.js";
import { endOfEntries, firstSecurity, linesAround } from "./yaml.js";

/** The plan that is open: {plan, base, mark, saved, state, theirs}; null before one is. */
let open = null;
let editor, form, findings, folder, start, place;
const checking = new Checking({ asked, judged, drawn, failed, busy });
const check = () => checking.check();

async function begin() {
  controls();
  const { ok, data } = await ask("/api/start");
  if (!ok) return toast(data.said, { kind: "bad", keep: true });
  place = data.place;
  $("folder-name").textContent = data.folder;
  $("folder-name").title = data.place;
  document.title = `${data.folder} - form4-author`;
  const words = { schema: new Schema(data.schema), codes: data.codes, examples: data.examples, events: data.events };
  findings = new Findings({ go });
  form = new Form($("form"), $("cell-note"), { go, zoomed: (text, fits) => { $("zoom-fit").textContent = text; $("zoom-fit").setAttribute("aria-pressed", String(fits)); }, key: shortcut });
  editor = new Editor($("editor"), words, { changed, moved });
  folder = new FolderView({ open: openPlan, convert, buildAll: build, chart: async (files) => (await import("/static/chart.js")).showChart(files), listed });
  start = new Start(words, { create, insert: addEntry, importFile });
  if (!data.one && matchMedia("(min-width: 1500px)").matches) showFolder(true);
  checking.line = new Line({ opened: lineOpened, answered: (message) => checking.take(message), events: { changed: changedOnDisk, built: () => folder.refresh() } });
  onReachable(reachable);
  if (data.first) await openPlan(data.first, { quietly: true });
  else {
    $("state").textContent = "";
    $("cell-note").textContent = "New\u2026 begins a plan. A filed form (XML, or EDGAR's .txt) that is dropped on this window becomes one.";
    editor.lock(true);
    start.show();
  }
  folder.refresh();
}

// --- one plan -----------------------------------------------------------------------------------------------------

const localKey = (plan) => `form4-author:${place}/${plan}`;

async function openPlan(plan, { quietly = false } = {}) {
  const { ok, data } = await ask("/api/plan", { query: { plan } });
  if (!ok) {
    toast((data.findings && `${data.findings[0].code} ${data.said}`) || data.said, { kind: "bad" });
    if (open) folder.current(open.plan);
    return false;
  }
  checking.forget();
  open = { plan, base: data.revision, mark: data.mark, saved: data.text, state: "saved", theirs: null };
  const left = kept(plan, data);
  editor.lock(false);
  editor.open(left ? left.text : data.text);
  $("plan-name").textContent = plan;
  $("cell-note").textContent = "Click what the form says to go to where it is written.";
  document.title = `${plan} - form4-author`;
  folder.current(plan);
  form.clear();
  listed(folder.files);
  $("save").disabled = $("build").disabled = false;
  if (left && left.base !== data.revision) conflict(data);
  else if (left) {
    state("unsaved");
    toast("Your unsaved text is back.", { action: { label: "Go back to the saved text", run: () => editor.replace(open.saved) } });
  } else state("saved");
  check();
  if (!quietly) editor.view.focus();
  if (matchMedia("(max-width: 1499px)").matches && !quietly) showFolder(false);
  return true;
}

/** What was typed and never saved: what this browser kept is the newest, what the server kept outlives the browser. */
function kept(plan, data) {
  let own = null;
  try {
    own = JSON.parse(localStorage.getItem(localKey(plan)));
  } catch {
    own = null;
  }
  const left = own && typeof own.text === "string" ? own : data.unsaved;
  if (!left || left.text === data.text) {
    localStorage.removeItem(localKey(plan));
    return null;
  }
  return left;
}

function keep(text) {
  try {
    localStorage.setItem(localKey(open.plan), JSON.stringify({ text, base: open.base }));
  } catch {
    // no room in this browser: the server keeps it too
  }
}

function state(now) {
  if (open) open.state = now;
  const pill = $("state");
  pill.dataset.state = now;
  pill.textContent = { saved: "Saved", unsaved: "Unsaved", conflict: "Conflict" }[now];
  pill.title = { saved: "The file holds this text", unsaved: "Ctrl-S writes this text to the file", conflict: "The file was changed by another program too" }[now];
  $("resolve").hidden = now !== "conflict";
}

/** The text was changed; the page itself shows it after this, so that it is on its way first. */
function changed() {
  if (!open) return;
  const text = editor.text;
  const saved = text === open.saved && open.state !== "conflict";
  if (open.state !== "conflict") open.state = saved ? "saved" : "unsaved";
  check();
  state(open.state);
  if (saved) {
    localStorage.removeItem(localKey(open.plan));
    ask("/api/forget", { json: { plan: open.plan } });
  } else keep(text);
}

function moved() {
  if (form) form.light(linesAround(editor.doc, editor.line()));
}

async function save() {
  if (!open) return false;
  if (open.state === "conflict") {
    resolve();
    return false;
  }
  const { plan, base, mark } = open;
  const text = editor.text;
  const { ok, status, data } = await ask("/api/save", { json: { plan, text, base, mark } });
  if (!open || open.plan !== plan) return ok;
  if (ok) {
    open.base = data.revision;
    open.saved = text;
    localStorage.removeItem(localKey(plan));
    state(editor.text === text ? "saved" : "unsaved");
    if (open.state === "unsaved") keep(editor.text);
    folder.refresh();
    return true;
  }
  if (status === 409 && data.now) conflict(data.now);
  else toast(`Not saved: ${data.said}`, { kind: "bad" });
  return false;
}

function conflict(now) {
  open.theirs = { text: now.text, revision: now.revision, mark: now.mark };
  state("conflict");
  toast("Another program changed this plan too. Both texts are kept.", { kind: "warn", keep: true, action: { label: "See both", run: resolve } });
}

function resolve() {
  const { theirs } = open;
  showConflict({
    mine: editor.text,
    theirs: theirs.text,
    chosen: (text) => {
      open.base = theirs.revision;
      open.saved = theirs.text;
      open.mark = theirs.mark;
      open.theirs = null;
      state("unsaved");
      editor.replace(text);
      changed();
      editor.view.focus();
    },
  });
}

async function changedOnDisk(names) {
  folder.refresh();
  if (!open) return;
  if (names.includes(open.plan)) {
    const plan = open.plan;
    const { ok, status, data } = await ask("/api/plan", { query: { plan } });
    if (!open || open.plan !== plan) return;
    if (!ok) {
      if (status === 422) toast(`${plan}: ${data.said}. Your text is kept here.`, { kind: "warn" });
      if (open.state === "saved") state("unsaved");
      return;
    }
    if (data.revision === open.base || (open.theirs && data.revision === open.theirs.revision)) return;
    if (data.text === editor.text) {
      open.base = data.revision;
      open.saved = data.text;
      open.theirs = null;
      state("saved");
    } else if (open.state === "saved") {
      open.base = data.revision;
      open.saved = data.text;
      open.mark = data.mark;
      editor.replace(data.text);
      state("saved");
      toast(`${plan} was changed by another program; this is its text now.`);
    } else conflict(data);
  } else if (names.some((name) => /\.(ya?ml|csv|tsv|xlsx)$/i.test(name))) check();
}

// --- checking -----------------------------------------------------------------------------------------------------

/** What is sent of a text: how long it is, and all of it; null where no plan is open. */
function asked() {
  if (!open) return null;
  const { plan, base } = open;
  return {
    length: editor.doc.length,
    data: () => ({ plan, text: editor.text, base, unsaved: open.state !== "saved", against: $("against").value, form: $("which").value }),
  };
}

function busy(yes) {
  $("page").toggleAttribute("data-busy", yes);
  for (const id of ["right", "findings"]) $(id).setAttribute("aria-busy", String(yes));
}

function judged(data) {
  const { plan } = open;
  findings.show(data.findings, data.counts, plan);
  editor.mark(data.findings.filter((finding) => finding.file === plan && finding.line && !finding.waived));
  verdict(data);
  chooser(data.forms || [], data.form || "");
}

function drawn(data) {
  const readable = data.page !== undefined;
  if (readable) form.show(data.page, data.places, open.plan);
  form.stale(!readable);
  $("form-note").hidden = readable;
  if (!readable) $("form-note").textContent = `The plan can't be read as it stands: ${form.empty ? "there is no form of it yet" : "the form is as it was before"}.`;
  const said = data.against && !data.against.accepted && data.against.findings.length ? `Redline: ${data.against.findings[0].message}` : "";
  if (said && said !== open.redline) toast(said, { kind: "bad" });
  open.redline = said;
}

/** Which of the forms of a plan that makes several is shown. */
function chooser(forms, shownForm) {
  const select = $("which");
  select.closest("label").hidden = forms.length < 2;
  const options = forms.map(({ name, accepted }) => make("option", { value: name }, accepted ? name : `${name} (refused)`));
  select.replaceChildren(...(options.length ? options : [make("option", { value: "" }, "")]));
  select.value = shownForm;
}

function failed(said) {
  $("verdict").textContent = said;
  $("verdict").dataset.verdict = "refused";
}

function verdict(data) {
  const { counts } = data;
  const box = $("verdict");
  box.dataset.verdict = data.accepted ? (counts.warning ? "warned" : "accepted") : "refused";
  box.textContent = data.accepted ? (counts.warning ? `Accepted, ${plural(counts.warning, "warning")}` : "Accepted") : `${plural(counts.error, "error")}`;
  const first = data.due && data.due[0];
  $("due").textContent = first ? `Due ${day(first[1])}` : "";
  $("due").title = first ? `${first[0]}: ${first[2]}` : "";
  $("form-title").textContent = data.title || "";
}

// --- going, adding, building --------------------------------------------------------------------------------------

async function go(file, line, column) {
  if (!open || file !== open.plan) {
    if (!(await openPlan(file))) return;
  }
  editor.go(line, column);
}

async function create(name, text) {
  const { ok, data } = await ask("/api/create", { json: { plan: fileName(name), text } });
  if (!ok) return toast(data.said + (data.findings ? `. ${data.findings[0].hint}` : ""), { kind: "bad" });
  await openPlan(data.plan);
  folder.refresh();
}

async function convert(what, name, file = null) {
  const { ok, data } = await ask("/api/convert", { query: { what, name, ...(file ? { dropped: "1" } : {}) }, body: file || "" });
  if (!ok) return toast(data.said, { kind: "bad" });
  if (!data.text) return toast(`${name}: ${data.findings.map((finding) => `${finding.code} ${finding.message}`).join("; ")}`, { kind: "bad", keep: true });
  const stem = name.replace(/^.*\//, "").replace(/\.[^.]*$/, "").replace(/[^\w.+-]+/g, "-") || "plan";
  const within = /^(.*\/)/.exec(file ? "" : name);
  await create(`${within ? within[1] : ""}${stem}${{ amend: "-amendment", roll: "-next", import: "" }[what]}`, data.text);
  const warned = data.findings.filter((finding) => finding.severity !== "note");
  if (warned.length) toast(warned.map((finding) => `${finding.code} ${finding.message}`).join("; "), { kind: "warn", keep: true });
}

const importFile = (file) => convert("import", file.name, file);

/** Adds an entry at the end of the transactions; what was added is shown, and one undo takes it away. */
function addEntry(entry) {
  if (!open) return toast("Open a plan first.", { kind: "warn" });
  const spot = endOfEntries(editor.doc);
  const inner = (indent) => entry.replace(/\n/g, `\n${indent}  `);
  if (spot) editor.insert(spot.at, `\n${spot.indent}- ${inner(spot.indent)}`);
  else editor.insert(editor.doc.length, `${editor.doc.length && !editor.text.endsWith("\n") ? "\n" : ""}transactions:\n  - ${inner("  ")}\n`);
}

async function addFills(file) {
  if (!open) return toast("Open a plan first: a broker's file becomes an entry of it.", { kind: "warn" });
  const { ok, data } = await ask("/api/fills", { query: { plan: open.plan, name: file.name }, body: file });
  if (!ok) return toast(data.said, { kind: "bad" });
  const { date, code, said } = data.entry;
  addEntry(`{date: ${date}, code: ${code || "S"}, security: ${firstSecurity(editor.doc)}, fills: ${quotedName(data.name)}}`);
  toast(`${data.name} lies beside the plan now, and an entry names it${said ? ` (${said})` : ""}.${date ? "" : " It tells no date: write that of the trades."}`);
}

const quotedName = (name) => (/^[\w.-]+$/.test(name) ? name : JSON.stringify(name));

function dropped(files) {
  for (const file of files) {
    if (/\.(csv|tsv|xlsx)$/i.test(file.name)) addFills(file);
    else if (/\.(xml|txt)$/i.test(file.name)) importFile(file);
    else toast(`${file.name}: drop a filing (.xml, .txt) or a broker's file (.csv, .xlsx).`, { kind: "warn" });
  }
}

async function build(names) {
  if (!names.length) return;
  if (open && names.includes(open.plan) && open.state !== "saved" && !(await save())) return;
  $("build").disabled = $("build-all").disabled = true;
  const going = names.length > 1 ? toast(`Building ${plural(names.length, "plan")}\u2026`, { keep: true }) : null;
  const { ok, data } = await ask("/api/build", { json: { plans: names } });
  if (going) going.remove();
  $("build").disabled = $("build-all").disabled = false;
  folder.refresh();
  if (!ok) return toast(data.said, { kind: "bad" });
  if (!data.files.length) return toast(data.findings.map((finding) => `${finding.code} ${finding.message}`).join("; "), { kind: "bad", keep: true });
  const refused = data.files.filter((file) => !file.accepted);
  const done = data.files.filter((file) => file.accepted);
  if (done.length) {
    const outputs = done.flatMap((file) => file.outputs);
    const box = toast(done.length === 1 ? `Built ${done[0].name}: ` : `Built ${plural(done.length, "plan")}. `, { kind: "good", keep: true });
    if (done.length === 1) {
      box.firstChild.append(
        ...outputs.flatMap((output) => [make("a", { href: `/file/${output.split("/").map(encodeURIComponent).join("/")}`, target: "_blank", rel: "noopener" }, output.split("/").pop()), " "]),
      );
    }
  }
  for (const file of refused) {
    const worst = file.findings.find((finding) => finding.severity === "error");
    toast(`${file.name} was not built: ${worst ? `${worst.code} ${worst.message}` : "it was refused"}`, { kind: "bad", keep: true });
  }
}

/** The filings that the page can be held against. */
function listed(files) {
  const select = $("against");
  const now = select.value;
  const others = files.filter((file) => file.title && (!open || file.name !== open.plan));
  select.replaceChildren(make("option", { value: "" }, "nothing"), ...others.map((file) => make("option", { value: file.name }, file.name)));
  select.value = others.some((file) => file.name === now) ? now : "";
  if (select.value !== now) check();
}

// --- the window ---------------------------------------------------------------------------------------------------

function reachable(now) {
  $("gone").hidden = now;
  if (!now) checking.forget();
}

/** The line is there, or is again: what happened without it was not told. */
function lineOpened() {
  check();
  if (open) changedOnDisk([open.plan]);
}

function showFolder(shownNow) {
  $("page").toggleAttribute("data-folder", shownNow);
  $("folder-toggle").setAttribute("aria-expanded", String(shownNow));
}

function shortcut(event) {
  const command = event.ctrlKey || event.metaKey;
  const actions = {
    s: () => save(),
    Enter: () => open && build([open.plan]),
  };
  if (command && !event.altKey && actions[event.key]) {
    event.preventDefault();
    actions[event.key]();
  } else if (event.key === "F6") {
    event.preventDefault();
    nextPane(event.shiftKey ? -1 : 1);
  }
}

/** F6 goes from pane to pane: plan, form, findings, folder. */
function nextPane(step) {
  const inFrame = document.activeElement === $("form");
  const panes = [
    [$("editor"), () => editor.view.focus()],
    [$("form"), () => { const first = form.document && form.document.querySelector("[tabindex='0']"); $("form").focus(); if (first) first.focus(); }],
    [$("findings"), () => ($("finding-list").querySelector("button") || $("findings")).focus()],
    ...($("page").hasAttribute("data-folder") ? [[$("folder"), () => ($("plans").querySelector("button") || $("folder")).focus()]] : []),
  ];
  const here = panes.findIndex(([pane]) => (inFrame ? pane === $("form") : pane.contains(document.activeElement)));
  panes[(here + step + panes.length) % panes.length][1]();
}

function controls() {
  $("save").addEventListener("click", save);
  $("build").addEventListener("click", () => open && build([open.plan]));
  $("resolve").addEventListener("click", resolve);
  $("against").addEventListener("change", check);
  $("which").addEventListener("change", check);
  $("zoom-in").addEventListener("click", () => form && form.larger(1));
  $("zoom-out").addEventListener("click", () => form && form.larger(-1));
  $("zoom-fit").addEventListener("click", () => form && form.scale("fit"));
  $("folder-toggle").addEventListener("click", () => showFolder(!$("page").hasAttribute("data-folder")));
  for (const button of document.querySelectorAll("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
  document.addEventListener("keydown", shortcut);
  splitter($("split"), "--left", "clientX", (x) => [x - $("panes").getBoundingClientRect().left, $("panes").clientWidth], 20, 75);
  splitter($("split-low"), "--low", "clientY", (y) => [$("page").getBoundingClientRect().bottom - y, $("page").clientHeight], 8, 70);
  let depth = 0;
  const files = (event) => [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");
  addEventListener("dragenter", (event) => { if (files(event)) { depth++; document.body.toggleAttribute("data-drop", true); event.preventDefault(); } }, true);
  addEventListener("dragleave", (event) => { if (files(event) && --depth <= 0) document.body.toggleAttribute("data-drop", false); }, true);
  addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); }, true);
  addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    document.body.toggleAttribute("data-drop", false);
    dropped(event.dataTransfer.files);
  }, true);
}

/** A bar between two panes, moved by the mouse or the arrows; `measure` gives a length and the whole. */
function splitter(bar, variable, axis, measure, least, most) {
  const set = (percent) => {
    const value = Math.min(Math.max(percent, least), most);
    document.documentElement.style.setProperty(variable, `${value}%`);
    bar.setAttribute("aria-valuenow", String(Math.round(value)));
  };
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    document.body.toggleAttribute("data-moving", true);
    const move = (moved) => { const [length, whole] = measure(moved[axis]); set((100 * length) / whole); };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("pointerup", () => { bar.removeEventListener("pointermove", move); document.body.toggleAttribute("data-moving", false); }, { once: true });
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2 }[event.key];
    if (!step) return;
    set(Number(bar.getAttribute("aria-valuenow")) + step);
    event.preventDefault();
  });
}

begin();
