// The form at the right: the page's own HTML in a frame without scripts, changed where it differs, so that the eye keeps
// its place. A click on what it shows leads to where it was written; the line of the cursor lights what it says.

const STEP = 1.15;
const LEAST_FIT = 0.62;

export class Form {
  /**
   * @param frame the iframe
   * @param note where it is told what an element shows
   * @param told {go(file, line, column), zoomed(text)}
   */
  constructor(frame, note, told) {
    this.frame = frame;
    this.note = note;
    this.told = told;
    this.places = new Map(); // element -> {file, line, column, derived}
    this.zoom = "fit";
    this.ready = new Promise((resolve) => {
      const begin = () => {
        const doc = frame.contentDocument;
        if (!doc || !doc.getElementById("page-style")) return;
        this.document = doc;
        doc.body.replaceChildren(); // no sheet where nothing is on it
        this.attend(doc);
        this.scale();
        resolve();
      };
      frame.addEventListener("load", begin);
      begin();
    });
    new ResizeObserver(() => this.scale()).observe(frame);
  }

  /** Shows a page. */
  async show(html, places, plan) {
    await this.ready;
    this.plan = plan;
    let style = ""; // taken out before it is parsed: in a document of this page's it would be under this page's policy
    const bare = html.replace(/<style>([^]*?)<\/style>/g, (_, text) => ((style += text), ""));
    const page = new DOMParser().parseFromString(bare, "text/html");
    const own = this.document.getElementById("page-style");
    if (own.textContent !== style) own.textContent = style;
    this.unplaced();
    this.document.documentElement.lang = page.documentElement.lang;
    morph(this.document.body, page.body);
    this.attach(places);
    this.light(this.line);
  }

  /** Takes the page away: that of another plan is none of this one's. */
  async clear() {
    await this.ready;
    this.unplaced();
    this.document.body.replaceChildren();
    this.document.documentElement.removeAttribute("data-stale");
  }

  get empty() {
    return !this.document || !this.document.body.firstChild;
  }

  unplaced() {
    for (const element of this.document.querySelectorAll("[data-place], [data-lit]")) {
      for (const name of ["data-place", "data-lit", "data-derived", "title", "tabindex"]) element.removeAttribute(name);
    }
    this.places.clear();
  }

  /** Nothing to show any more, or what is shown is of an earlier text. */
  async stale(stale) {
    await this.ready;
    this.document.documentElement.toggleAttribute("data-stale", stale);
  }

  attach(places) {
    const body = this.document.body;
    for (const [selector, file, line, column, derived] of places) {
      const element = body.querySelector(selector);
      if (!element) continue;
      this.places.set(element, { file, line, column, derived });
      element.dataset.place = file === this.plan ? String(line) : `${file}:${line}`;
      if (derived) {
        element.dataset.derived = "";
        element.title = `Derived: ${derived}`;
      }
    }
    const first = this.stops()[0];
    if (first) first.tabIndex = 0;
  }

  /** The elements that one can step through with the keyboard, in the order of the page. */
  stops() {
    return [...this.document.body.querySelectorAll("[data-place]")].filter((element) => element.tagName !== "TR");
  }

  attend(doc) {
    doc.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      if (link) event.preventDefault();
      this.follow(event.target, event.metaKey || event.ctrlKey ? link : null);
    });
    doc.addEventListener("mouseover", (event) => this.tell(this.placed(event.target)));
    doc.addEventListener("focusin", (event) => this.tell(this.placed(event.target)));
    doc.addEventListener("keydown", (event) => this.key(event));
  }

  placed(target) {
    for (let element = target; element && element.nodeType === 1; element = element.parentElement) {
      if (this.places.has(element)) return element;
    }
    return null;
  }

  follow(target, link) {
    if (link) {
      const aim = this.document.getElementById(link.getAttribute("href").slice(1));
      if (aim) aim.scrollIntoView({ block: "center" });
      return;
    }
    const element = this.placed(target);
    if (!element) return;
    const { file, line, column } = this.places.get(element);
    this.tell(element);
    this.told.go(file, line, column);
  }

  tell(element) {
    if (!element) return;
    const { file, line, derived } = this.places.get(element);
    const shown = element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
    const where = file === this.plan ? `line ${line}` : `${file}, line ${line}`;
    this.note.textContent = derived ? `${shown || "Nothing"}: derived, ${derived} (${where})` : `${shown ? `${shown}: ` : ""}${where}`;
    this.note.classList.toggle("derived", Boolean(derived));
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = this.placed(event.target);
    if (step && here && !event.ctrlKey && !event.altKey && !event.metaKey) {
      const stops = this.stops();
      const next = stops[stops.indexOf(here) + step];
      if (next) {
        here.tabIndex = -1;
        next.tabIndex = 0;
        next.focus({ preventScroll: true });
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
      }
      event.preventDefault();
    } else if (event.key === "Enter" && here) {
      this.follow(here, null);
      event.preventDefault();
    } else {
      this.told.key(event);
    }
  }

  /** Lights what a line of the plan says; `lines` are that line's own first, then those of the parts around it. */
  light(lines) {
    this.line = lines;
    if (!this.document || !lines) return;
    for (const element of this.document.querySelectorAll("[data-lit]")) element.removeAttribute("data-lit");
    for (const line of lines) {
      const lit = [...this.places].filter(([element, place]) => place.file === this.plan && place.line === line && element.tagName !== "TR");
      if (!lit.length) continue;
      for (const [element] of lit) element.dataset.lit = "";
      requestAnimationFrame(() => this.reveal(lit.map(([element]) => element))); // with the layout that it is drawn by
      return;
    }
  }

  /** Brings lit elements into view where none is. */
  reveal(elements) {
    const { clientHeight, clientWidth } = this.document.documentElement;
    const seen = (element) => {
      const box = element.getBoundingClientRect();
      return box.bottom > 8 && box.top < clientHeight - 8 && box.right > 8 && box.left < clientWidth - 8;
    };
    if (!elements.some(seen)) elements[0].scrollIntoView({ block: "center", inline: "nearest" });
  }

  /** `fit`, or a factor. */
  scale(zoom = this.zoom) {
    this.zoom = zoom;
    if (!this.document) return;
    const factor = zoom === "fit" ? this.fitting() : zoom;
    this.document.documentElement.style.zoom = String(factor);
    this.told.zoomed(`${Math.round(factor * 100)}%`, zoom === "fit");
  }

  fitting() {
    const width = this.frame.clientWidth - 24;
    return Math.min(Math.max(width / 1056, LEAST_FIT), 1.6);
  }

  larger(direction) {
    const now = this.zoom === "fit" ? this.fitting() : this.zoom;
    this.scale(Math.min(Math.max(now * STEP ** direction, 0.4), 3));
  }
}

/** Makes one element like another, leaving alone what is the same. */
function morph(now, wanted) {
  if (now.isEqualNode(wanted)) return;
  const olds = [...now.childNodes];
  const news = [...wanted.childNodes];
  const alike = olds.length === news.length && olds.every((old, index) => sameKind(old, news[index]));
  if (!alike) {
    let begin = 0;
    while (begin < olds.length && begin < news.length && olds[begin].isEqualNode(news[begin])) begin++;
    let end = 0;
    while (
      end < olds.length - begin &&
      end < news.length - begin &&
      olds[olds.length - 1 - end].isEqualNode(news[news.length - 1 - end])
    ) {
      end++;
    }
    const before = olds[olds.length - end] || null;
    for (const old of olds.slice(begin, olds.length - end)) old.remove();
    for (const fresh of news.slice(begin, news.length - end)) now.insertBefore(now.ownerDocument.adoptNode(fresh), before);
    return;
  }
  olds.forEach((old, index) => {
    const fresh = news[index];
    if (old.nodeType !== 1) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    morph(old, fresh);
  });
}

function sameKind(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && (one.id || "") === (other.id || "");
}
