/** One question and its answer, as an item of the transcript. */

import { button, el } from "./dom.js";
import { asText, sourceSheet } from "./export.js";

export class Turn {
  #line;
  #text;
  answer = el("div", { class: "answer" });
  body = el("div");
  after = el("div", { class: "after" });

  /**
   * `on` has the listeners `source(citation, button)`, `retry()`, `suggest(text)`, `print()`,
   * `rate(rating)`, `announce(sentence)` and `base()`.
   */
  constructor(question, say, on) {
    this.question = question;
    this.say = say;
    this.on = on;
    this.waiting = el("p", { class: "soft waiting" }, say("answering"));
    const asked = el("p", { class: "question" }, el("span", { class: "hidden" }, say("you"), " "), question);
    this.node = el("li", null, asked, this.body, this.after);
  }

  /** Clear what an earlier try left. */
  begin() {
    this.#clear();
    this.body.replaceChildren(this.answer, this.waiting);
    this.after.replaceChildren();
  }

  /** Add a segment. Its line breaks make blocks; lines that begin as list items make lists. */
  add({ text, role }, citations) {
    this.waiting.remove();
    this.#text += text;
    const pieces = text.split("\n");
    const last = pieces.findLastIndex((piece) => piece.trim());
    pieces.forEach((piece, index) => {
      if (index) this.#line = null;
      if (!piece.trim()) return this.#line?.append(piece);
      this.#write(piece, role);
      if (index === last && citations.length) this.#cite(citations);
    });
  }

  /** Take the whole reply, keeping what was streamed where it is the same. */
  finish(reply) {
    const { kind, text, segments, citations, suggestions } = (this.reply = reply);
    if (this.#text !== text) {
      this.#clear();
      for (const segment of segments) {
        this.add(segment, citations.filter((one) => segment.citations.includes(one.number)));
      }
    }
    if (kind === "caution") {
      this.body.className = kind;
      this.body.prepend(el("p", { class: "label" }, this.say("caution")));
    }
    if (kind !== "urgent") this.after.append(sourceSheet(citations, this.say), this.#tools());
    this.after.append(offer(suggestions, this.say, this.on.suggest));
  }

  /** Say why there is no whole answer, and offer to ask again; `role` may make it an alert. */
  fail(sentence, className, role) {
    this.waiting.remove();
    const retry = button("", this.say("retry"), this.on.retry);
    this.after.replaceChildren(el("p", { class: className, role }, sentence), retry);
  }

  /** The sentences that rest on a source: their spans, words and the buttons with its number. */
  resting(number) {
    const cites = Array.from(this.answer.querySelectorAll(".cite"));
    return cites
      .filter((cite) => cite.textContent === String(number))
      .map((cite) => {
        const span = cite.closest(".rest");
        return { cite, span, words: span.firstChild.data + cite.parentNode.firstChild.data };
      });
  }

  #tools() {
    const { say, on } = this;
    const told = el("span", { class: "soft" });
    const tell = (key) => on.announce((told.textContent = say(key)));
    const copied = () => navigator.clipboard.writeText(asText(this.reply, on.base(), say));
    const copy = () => attempt(copied, tell, "copied");
    const rating = (value) => ratingButton(say(value), () => on.rate({ rating: value }), tell);
    const asked = el("span", { class: "soft" }, say("rate"));
    const group = { role: "group", "aria-label": say("rate"), class: "rating" };
    return el(
      "div",
      { class: "tools" },
      button("quiet", say("copy"), copy),
      button("quiet", say("print"), on.print),
      el("span", group, asked, rating("up"), rating("down")),
      told,
    );
  }

  #clear() {
    this.#line = null;
    this.#text = "";
    this.answer.replaceChildren();
  }

  #write(piece, role) {
    if (!this.#line) {
      const [marker, number] = /^\s*(?:[•*–-]|(\d{1,2})[.)])\s+/.exec(piece) || [];
      this.#line = marker ? this.#item(number) : this.answer.appendChild(el("p"));
      piece = piece.slice(marker?.length);
    }
    this.#line.append(el("span", { class: role }, piece));
  }

  #item(number) {
    const tag = number ? "ol" : "ul";
    let list = this.answer.lastElementChild;
    if (list?.localName !== tag) list = this.answer.appendChild(el(tag, { start: number }));
    return list.appendChild(el("li"));
  }

  /** Put the numbers behind the words, kept on one line with the last of them. */
  #cite(citations) {
    const rest = this.#line.lastChild;
    const words = rest.lastChild;
    const last = Math.max(words.data.trimEnd().lastIndexOf(" ") + 1, words.length - 20);
    rest.classList.add("rest");
    rest.append(el("span", { class: "keep" }, words.splitText(last), ...citations.map((one) => this.#number(one))));
  }

  #number(citation) {
    const { number: n, title, heading } = citation;
    const name = this.say("sourceName", { n, title, heading });
    const open = (event) => this.on.source(citation, event.currentTarget);
    return button("cite", n, open, { "aria-label": name, title: name, "aria-expanded": "false" });
  }
}

/** Do something that may fail, and tell by a key how it went. */
async function attempt(run, tell, done) {
  try {
    await run();
    tell(done);
    return true;
  } catch {
    tell("failed");
  }
}

/** A button that sends a rating and then shows as pressed, alone in its group. */
export function ratingButton(label, send, tell) {
  const press = async (event) => {
    const pressed = event.currentTarget;
    if (!(await attempt(send, tell, "thanks"))) return;
    for (const one of pressed.parentNode.querySelectorAll("[aria-pressed]")) one.ariaPressed = one === pressed;
  };
  return button("quiet", label, press, { "aria-pressed": "false" });
}

/** Questions that can be asked by one press. */
export function offer(texts, say, suggest) {
  const items = texts.map((text) => el("li", null, button("suggestion", text, () => suggest(text))));
  return items.length ? el("ul", { class: "suggestions", "aria-label": say("suggestions") }, ...items) : "";
}
