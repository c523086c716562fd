// The server, as the page sees it: every answer is data, also a refusal; no answer at all means that it is gone.

const listeners = new Set();
let reachable = true;

export function onReachable(listener) {
  listeners.add(listener);
}

function reached(now) {
  if (now !== reachable) {
    reachable = now;
    for (const listener of listeners) listener(now);
  }
}

/** {ok, status, data}; `status` 0 where no one answers. */
export async function ask(path, { json, body, query } = {}) {
  const address = query ? `${path}?${new URLSearchParams(query)}` : path;
  const options = { headers: { accept: "application/json" }, cache: "no-store" };
  if (json !== undefined || body !== undefined) {
    options.method = "POST";
    options.body = body !== undefined ? body : JSON.stringify(json);
  }
  try {
    const response = await fetch(address, options);
    const kind = response.headers.get("content-type") || "";
    const data = kind.startsWith("application/json") ? await response.json() : { said: await response.text() };
    reached(response.status !== 403 || kind.startsWith("application/json"));
    return { ok: response.ok, status: response.status, data };
  } catch {
    reached(false);
    return { ok: false, status: 0, data: { said: "The workbench's server does not answer." } };
  }
}

/** The line that is always open: texts go out as they are typed, and the server tells what it has to tell. */
export class Line {
  /** @param told {answered(message), events}: what came for a text, and of each event a function of its data */
  constructor(told) {
    this.told = told;
    this.open = false;
    this.thread = new Worker("/static/line.js");
    this.thread.onmessage = ({ data }) => this.hear(data);
  }

  /** What came of it: that the line is open, or is not; or what the server said. */
  hear({ open, said }) {
    if (said === undefined) {
      this.open = open;
      reached(open);
      if (open) this.told.opened();
      return;
    }
    const message = JSON.parse(said);
    if (message.event) this.told.events[message.event](message.data);
    else this.told.answered(message);
  }

  /** Sends data; false where no one is there. */
  send(data) {
    if (this.open) this.thread.postMessage(JSON.stringify(data));
    return this.open;
  }
}
