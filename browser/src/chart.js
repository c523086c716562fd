// What each insider holds, filing after filing: a step for each account, drawn by Observable Plot. The table below it says
// the same to who can't see it.

import * as Plot from "@observablehq/plot";
import { $, day, make } from "./dom.js";

const DAY = 86_400_000; // milliseconds

export function showChart(files) {
  const people = byPerson(files);
  $("chart-body").replaceChildren(...[...people].map(([person, points]) => section(person, points)));
  $("chart-none").hidden = people.size > 0;
  $("chart").showModal();
}

/** The balances of each person, in order; where two filings tell one day of one account, the later form counts. */
function byPerson(files) {
  const people = new Map();
  for (const file of files) {
    for (const one of file.holdings || []) {
      const account = one.held === "direct" ? one.security : `${one.security}, ${one.held}`;
      const accounts = people.get(one.person) || people.set(one.person, new Map()).get(one.person);
      accounts.set(`${account}\n${one.day}`, { account, date: new Date(`${one.day}T00:00:00Z`), iso: one.day, shares: Number(one.shares), text: one.shares, file: file.name });
    }
  }
  for (const [person, accounts] of people) {
    people.set(person, [...accounts.values()].sort((one, other) => one.date - other.date));
  }
  return people;
}

function section(person, points) {
  const accounts = [...new Set(points.map((point) => point.account))];
  const times = points.map((point) => +point.date);
  const [first, latest] = [Math.min(...times), Math.max(...times)];
  const few = latest - first < 14 * DAY;
  const last = accounts.map((account) => ({ ...points.filter((point) => point.account === account).pop(), date: new Date(latest) }));
  const drawn = Plot.plot({
    width: 812,
    height: 250,
    marginLeft: 76,
    marginRight: 24,
    marginBottom: 34,
    ariaLabel: `Securities held by ${person}, by day`,
    style: { fontSize: "12px", background: "transparent" },
    x: {
      type: "utc",
      label: null,
      domain: [new Date(first - (few ? DAY : 0)), new Date(latest + (few ? DAY : 0))],
      ticks: few ? "day" : 6,
      ...(few ? { tickFormat: (date) => date.toLocaleDateString("en-US", { month: "short", day: "numeric", timeZone: "UTC" }) } : {}),
      insetRight: 12,
      insetLeft: 8,
    },
    y: { label: "Securities held", grid: true, zero: true, tickFormat: (n) => n.toLocaleString("en-US"), nice: true },
    color: { legend: false, domain: accounts, range: accounts.map((_, index) => `var(--line-${(index % 6) + 1})`) },
    marks: [
      Plot.ruleY([0], { stroke: "var(--quiet)" }),
      Plot.lineY([...points, ...last], { x: "date", y: "shares", z: "account", stroke: "account", strokeWidth: 2, curve: "step-after" }),
      Plot.dot(points, { x: "date", y: "shares", fill: "account", r: 3.5, title: (point) => `${point.account}\n${point.text} on ${day(point.iso)}\n${point.file}` }),
    ],
  });
  for (const style of drawn.querySelectorAll("style")) style.remove(); // the page's own stylesheet has what it says
  drawn.setAttribute("role", "img"); // the table says what is in it
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return make(
    "section",
    { class: "chart-person" },
    make("h3", {}, person || "No name"),
    make(
      "ul",
      { class: "legend" },
      accounts.map((account, index) => make("li", { class: `line-${(index % 6) + 1}` }, account)),
    ),
    drawn,
    make(
      "details",
      {},
      make("summary", {}, "The figures"),
      make(
        "table",
        {},
        make("thead", {}, make("tr", {}, ["Day", "Security", "Held", "Filing"].map((head) => make("th", { scope: "col" }, head)))),
        make(
          "tbody",
          {},
          points.map((point) =>
            make("tr", {}, make("td", {}, day(point.iso)), make("td", {}, point.account), make("td", { class: "number" }, Number(point.text).toLocaleString("en-US", { maximumFractionDigits: 4 })), make("td", {}, point.file)),
          ),
        ),
      ),
    ),
  );
}
