// Elements by hand: text is text, never markup.

export const $ = (id) => document.getElementById(id);

/** The word by which the page's policy lets the editor's stylesheets through. */
export const nonce = document.querySelector('meta[name="style-nonce"]').content;

/** An element with attributes (functions are listeners) and children (texts or elements; nothing where null). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A short word at the foot of the window; `keep` leaves it until it is put away. */
export function toast(text, { kind = "info", keep = false, action = null } = {}) {
  const box = make("div", { class: `toast ${kind}` }, make("span", {}, text));
  if (action) box.append(make("button", { type: "button", click: () => { box.remove(); action.run(); } }, action.label));
  box.append(make("button", { type: "button", class: "quiet", "aria-label": "Put away", click: () => box.remove() }, "\u00d7"));
  $("toasts").append(box);
  if (!keep) setTimeout(() => box.remove(), 8000);
  return box;
}

/** 11/20/2026 of 2026-11-20. */
export function day(iso) {
  const [year, month, date] = (iso || "").split("-");
  return date ? `${month}/${date.slice(0, 2)}/${year}` : iso || "";
}

export function plural(count, word) {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
