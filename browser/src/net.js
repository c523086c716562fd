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

/** What the server tells by itself: {changed, built}, each a function of its data. */
export function listen(told) {
  const source = new EventSource("/events");
  source.addEventListener("ready", () => reached(true));
  for (const [name, listener] of Object.entries(told)) {
    source.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  }
  source.addEventListener("error", () => reached(false));
}
