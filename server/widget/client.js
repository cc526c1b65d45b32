/** Requests go to the endpoint and nowhere else, without cookies. */

/** A failure whose `code` has a sentence in `strings.js`; `wait` is in whole seconds. */
class ChatError extends Error {
  constructor(code, wait) {
    super(code);
    Object.assign(this, { code, wait });
  }
}

/** The server-sent events of a body, as `{event, data}` with data read as JSON. */
async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part; !(part = await reader.read()).done; ) {
    const blocks = (rest + part.value).replace(/\r\n/g, "\n").split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const values = (name) => Array.from(block.matchAll(`(?:^|\n)${name}: ?(.*)`), (line) => line[1]);
      const data = values("data").join("\n");
      if (data) yield { event: values("event").pop(), data: JSON.parse(data) };
    }
  }
}

function problem(status, { code }, headers) {
  const wait = Math.ceil(headers?.get("retry-after")) || 0;
  if (status === 429) return new ChatError("many", wait || 10);
  if (status === 503) return new ChatError("busy", wait || 60);
  if (status === 413 || status === 422) return new ChatError("refused");
  return new ChatError({ unknown_conversation: "expired", unknown_page: "noPage" }[code] || "broken");
}

async function request(base, path, options) {
  const response = await fetch(new URL(path, base), { credentials: "omit", redirect: "error", ...options });
  if (response.ok) return response;
  throw problem(response.status, await response.json().catch(() => ({})), response.headers);
}

/** Say whether an answer, or one citation of it, helped: `{message_id, rating, citation}`. */
export function sendRating(base, rating) {
  const headers = { "content-type": "application/json" };
  return request(base, "v1/feedback", { method: "POST", headers, body: JSON.stringify(rating) });
}

/** Let the server forget a conversation, also when the reader leaves the page at once. */
export async function forget(base, id) {
  const options = { method: "DELETE", keepalive: true };
  await request(base, "v1/conversations/" + encodeURIComponent(id), options).catch(() => {});
}

/** Ask, and yield the events until `done`; `seconds` is the longest silence. Throws ChatError. */
export async function* ask(base, question, signal, seconds) {
  const deadline = new AbortController();
  let timer;
  let begun;
  const rearm = () => {
    clearTimeout(timer);
    timer = setTimeout(() => deadline.abort(), seconds * 1000);
  };
  try {
    rearm();
    const { body } = await request(base, "v1/chat", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ ...question, stream: true }),
      signal: AbortSignal.any([signal, deadline.signal]),
    });
    begun = true;
    for await (const { event, data } of eventsOf(body)) {
      rearm();
      if (event === "error") throw problem(data.status, data);
      yield { event, data };
      if (event === "done") return;
    }
    throw new ChatError("cut");
  } catch (error) {
    if (error instanceof ChatError) throw error;
    if (signal.aborted) throw new ChatError("stopped");
    if (deadline.signal.aborted) throw new ChatError("timeout");
    if (error instanceof SyntaxError) throw new ChatError("broken");
    throw new ChatError(begun ? "cut" : navigator.onLine ? "network" : "offline");
  } finally {
    clearTimeout(timer);
    deadline.abort();
  }
}

/** The document of one page. */
export async function fetchPage(base, slug) {
  const signal = AbortSignal.timeout(15_000);
  return (await request(base, "v1/exercises/" + encodeURIComponent(slug), { signal })).json();
}
