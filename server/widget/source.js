/** The source of a citation: its whole section, with the exact cited words marked. */

import { fetchPage } from "./client.js";
import { button, el, scrollTo } from "./dom.js";
import { ratingButton } from "./reply.js";

const LISTS = { instructions: "ol", tips: "ul", breathing: "ul", restrictions: "ul" };

/**
 * The section's text, the cited part marked. Lines that stand together are a list, and so are
 * all lines of steps and tips; one that leads in ("Do not do this if:") is a paragraph.
 */
function sectionNodes(points, { kind, heading, start, end }, citation) {
  const box = el("div", null, el("h4", { class: "soft" }, heading));
  const lines = points.slice(start, end).join("").split("\n");
  let list;
  lines.forEach((line, index) => {
    const characters = Array.from(line);
    const at = (place) => Math.min(Math.max(place - start, 0), characters.length);
    const part = (from, to) => characters.slice(from, to).join("");
    const [from, to] = [at(citation.start), at(citation.end)];
    start += characters.length + 1;
    if (!line) return;
    const item = !line.endsWith(":") && (LISTS[kind] || lines[index - 1] || lines[index + 1]);
    if (!item) list = null;
    else list ||= box.appendChild(el(LISTS[kind] || "ul"));
    const mark = from < to && el("mark", { class: "mark" }, part(from, to));
    (list || box).append(el(item ? "li" : "p", null, part(0, from), mark, part(to)));
  });
  return box.children;
}

/** Why the words cannot be shown in their place, and the words. */
function quoteAlone(reason, citation) {
  return [el("p", null, reason), el("blockquote", null, citation.quote)];
}

/** The cited section, if the quote stands at its place, counted in Unicode code points. */
function cited(page, citation, say) {
  const { start, end, heading, quote } = citation;
  const points = Array.from(page.text);
  if (!quote || points.slice(start, end).join("") !== quote) return quoteAlone(say("mismatch"), citation);
  const section = page.sections.find((one) => one.start <= start && end <= one.end);
  return sectionNodes(points, section || { heading, start, end }, citation);
}

/** A link to an address that is http(s); any other gives none. */
function link(url, words, say) {
  if (!/^https?:$/.test(url?.protocol)) return;
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words, " ", el("small", null, say("newTab")));
}

/** Links to the page here and on its own site. */
function links(citation, base, say) {
  const own = URL.parse(citation.url?.replace(/^\/+/, ""), base);
  if (own) own.hash = "cited";
  const original = URL.parse(citation.source_url);
  return el("p", { class: "links" }, link(own, say("open"), say), link(original, say("original"), say));
}

/** The panel beside the transcript. */
export class Panel {
  #opener = null;
  #resting = [];

  /** `base()` gives the endpoint at the time of the call, `announce` speaks. */
  constructor(say, base, announce) {
    this.say = say;
    this.announce = announce;
    this.base = base;
    this.heading = el("h3", { id: "source", tabindex: -1 });
    this.body = el("div", { class: "passage", tabindex: 0, role: "group", "aria-labelledby": "source" });
    const close = button("close", "×", () => this.leave(), { "aria-label": say("close") });
    const top = el("div", { class: "top" }, this.heading, close);
    this.node = el("section", { class: "source", "aria-labelledby": "source", hidden: true }, top, this.body);
  }

  /** `turn` is the answer that cites, `rate(rating)` sends what the reader thinks of it. */
  async open(citation, opener, turn, rate) {
    this.#mark(opener, turn.resting(citation.number));
    const number = el("small", null, this.say("source", { n: citation.number }));
    this.heading.replaceChildren(number, " ", citation.title);
    this.body.replaceChildren(el("p", { class: "soft waiting" }, this.say("loading")));
    this.node.hidden = false;
    this.heading.focus();
    const nodes = await this.#read(citation);
    if (this.#opener !== opener) return;
    this.body.replaceChildren(...nodes, links(citation, this.base(), this.say), this.#reverse(), this.#rating(citation, rate));
    opener.scrollIntoView({ block: "nearest" });
    const mark = this.body.querySelector("mark");
    if (mark) scrollTo(this.body, mark, this.body.clientHeight / 3);
  }

  close() {
    this.#mark(null, []);
    this.node.hidden = true;
  }

  /** Close, and give the focus back. */
  leave() {
    const opener = this.#opener;
    this.close();
    opener.focus();
  }

  /** What of the answer rests on this source; each leads to its place in the answer. */
  #reverse() {
    const back = (cite) => {
      cite.focus();
      cite.scrollIntoView({ block: "nearest" });
    };
    const items = this.#resting.map(({ cite, words }) => el("li", null, button("back", words, () => back(cite))));
    return el("div", null, el("h4", { class: "soft" }, this.say("rests")), el("ul", { class: "backs" }, ...items));
  }

  #rating({ number }, rate) {
    const told = el("span", { class: "soft" });
    const tell = (key) => this.announce((told.textContent = this.say(key)));
    const send = () => rate({ rating: "down", citation: number });
    return el("div", { class: "tools" }, ratingButton(this.say("misfit"), send, tell), told);
  }

  #mark(opener, resting) {
    for (const { span } of this.#resting) span.classList.remove("resting");
    for (const { span } of resting) span.classList.add("resting");
    this.#resting = resting;
    this.#opener?.setAttribute("aria-expanded", "false");
    opener?.setAttribute("aria-expanded", "true");
    this.#opener = opener;
  }

  async #read(citation) {
    try {
      return cited(await fetchPage(this.base(), citation.page), citation, this.say);
    } catch {
      return quoteAlone(this.say("unread"), citation);
    }
  }
}
