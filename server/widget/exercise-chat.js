/**
 * The custom element: a conversation whose every sentence opens its source.
 * <exercise-chat endpoint="https://host" page="slug" starters="A?|B?" timeout="30" history="session"
 * mode="floating">. The endpoint is by default where this file is; the timeout is the longest silence
 * in seconds; docs/widget.md has every attribute.
 */

import { ask, forget, sendRating } from "./client.js";
import { Composer } from "./composer.js";
import { button, el, scrollTo } from "./dom.js";
import { printTurn } from "./export.js";
import { History } from "./history.js";
import { offer, Turn } from "./reply.js";
import { Panel } from "./source.js";
import { languageOf, speaker, tables } from "./strings.js";
import { sheet } from "./styles.js";

const HOME = new URL("../../", import.meta.url).href;

export class ExerciseChat extends HTMLElement {
  #conversation = null;
  #running = null;
  #unknownPage = null;
  #urgent = null;
  static strings = tables;
  suggest = (text) => this.#pressed(() => this.ask(text));

  connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
    this.#build();
  }

  disconnectedCallback() {
    this.stop();
  }

  /** The endpoint, absolute, with a slash at its end; `<base href>` plays no part. */
  get base() {
    const url = new URL(this.getAttribute("endpoint") || HOME, location.href);
    url.pathname = url.pathname.replace(/\/*$/, "/");
    return url.href;
  }

  /** Ask a question; nothing happens while an answer is under way. */
  ask(question) {
    if (this.#running) return;
    this.panel.close();
    const turn = this.#turn(question);
    this.#show(turn);
    this.#answer(turn);
  }

  /** Show the floating widget, or hide it behind its launcher. */
  toggle(open) {
    this.frame.hidden = !open;
    this.launcher.hidden = open;
    (open ? this.composer.field : this.launcher).focus();
    this.#tell("toggle", { open });
  }

  /** Stop the answer that is under way; what has arrived stays. */
  stop() {
    this.#running?.abort();
  }

  /** Forget the conversation, here and on the server, and begin another. What is in the field stays. */
  restart() {
    const typed = this.composer.field.value;
    this.stop();
    this.history.erase();
    if (this.#conversation) forget(this.base, this.#conversation);
    this.#running = this.#conversation = this.#urgent = null;
    this.#build();
    if (this.floating) this.toggle(true);
    this.composer.field.value = typed;
    this.composer.field.focus();
  }

  get floating() {
    return this.getAttribute("mode") === "floating";
  }

  #build() {
    const language = languageOf(this.closest("[lang]")?.lang, ...navigator.languages);
    const say = (this.say = speaker(language));
    this.history = new History(this.getAttribute("history"), this.base);
    this.composer = new Composer(say, { send: (text) => this.ask(text), stop: () => this.stop() });
    this.panel = new Panel(say, () => this.base, (sentence) => this.#announce(sentence));
    this.pinned = el("div", { class: "pinned" });
    this.hello = this.#hello(say);
    this.list = el("ol");
    const log = { class: "log", role: "log", "aria-live": "off", "aria-label": say("transcript"), tabindex: 0 };
    this.log = el("div", log, this.hello, this.list);
    this.announcer = el("p", { class: "hidden", role: "status" });
    this.frame = this.#frame(say, language);
    this.launcher = button("launcher", say("launch"), () => this.toggle(true), { hidden: !this.floating, lang: language });
    this.shadowRoot.replaceChildren(this.launcher, this.frame);
    this.#restore();
  }

  #frame(say, language) {
    const restart = say(this.history.kept ? "erase" : "restart");
    this.restartButton = button("", restart, () => this.restart(), { hidden: true });
    const close = this.floating && button("", say("minimise"), () => this.toggle(false));
    return el(
      "section",
      { class: "root", lang: language, "aria-label": say("title"), hidden: this.floating, onkeydown: (event) => this.#escape(event) },
      this.pinned,
      el("div", { class: "bar" }, el("h2", null, say("title")), this.restartButton, close),
      el("div", { class: "body" }, this.log, this.panel.node),
      this.composer.node,
      this.announcer,
    );
  }

  #turn(question) {
    const rate = (rating) => sendRating(this.base, { message_id: turn.reply?.id, ...rating });
    const turn = new Turn(question, this.say, {
      source: (citation, opener) => this.panel.open(citation, opener, turn, rate),
      retry: () => this.#pressed(() => this.#answer(turn)),
      suggest: this.suggest,
      print: () => printTurn(turn.node, sheet),
      rate,
      announce: (sentence) => this.#announce(sentence),
      base: () => this.base,
    });
    this.hello.hidden = true;
    this.restartButton.hidden = false;
    this.list.append(turn.node);
    return turn;
  }

  /** Show what the browser remembers; nothing of it is read aloud. */
  #restore() {
    try {
      for (const { question, reply } of this.history.read()) {
        const turn = this.#turn(question);
        turn.begin();
        this.#conversation = reply.conversation_id;
        turn.finish(reply);
        if (reply.kind === "urgent") this.#pin(turn);
        this.#show(turn);
      }
    } catch {
      this.history.erase();
    }
  }

  #announce(sentence) {
    this.announcer.textContent = sentence;
  }

  /** Tell the host page, without any words of the conversation. */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent("chat-" + name, { detail, bubbles: true }));
  }

  #hello(say) {
    const page = this.hasAttribute("page");
    const texts = this.getAttribute("starters") ?? (page ? say("starters") : "");
    const offered = texts.split("|").map((text) => text.trim()).filter(Boolean);
    const hello = el("p", null, say("hello"));
    return el("div", { class: "soft" }, hello, offer(offered, say, this.suggest));
  }

  /** The pressed button goes away, so the focus moves to the transcript. */
  #pressed(run) {
    if (this.#running) return;
    this.log.focus({ preventScroll: true });
    run();
  }

  #show(turn) {
    scrollTo(this.log, turn.node, 16);
  }

  #escape(event) {
    if (event.key !== "Escape" || (this.panel.node.hidden && !this.floating)) return;
    event.stopPropagation();
    if (this.panel.node.hidden) this.toggle(false);
    else this.panel.leave();
  }

  async #answer(turn) {
    const running = (this.#running = new AbortController());
    const page = this.getAttribute("page") || null;
    const question = {
      message: turn.question,
      conversation_id: this.#conversation,
      page: page === this.#unknownPage ? null : page,
    };
    const seconds = this.getAttribute("timeout") || 30;
    this.composer.busy = true;
    this.#announce(this.say("answering"));
    turn.begin();
    let failure;
    try {
      for await (const { event, data } of ask(this.base, question, running.signal, seconds)) {
        if (this.#running === running) this.#take(turn, event, data);
      }
    } catch (error) {
      failure = error;
    }
    if (this.#running !== running) return;
    this.#running = null;
    this.composer.busy = false;
    if (failure) this.#fail(turn, failure, question);
  }

  #take(turn, event, data) {
    if (event === "meta") this.#conversation = data.conversation_id;
    if (event === "segment") turn.add(data, data.citations);
    if (event === "done") this.#finish(turn, data);
  }

  #finish(turn, reply) {
    turn.finish(reply);
    this.history.add(turn.question, reply);
    this.#tell("answer", { kind: reply.kind, sources: reply.citations.length });
    if (this.#unknownPage) turn.after.prepend(el("p", { class: "soft" }, this.say("noPage")));
    if (reply.kind === "urgent") return this.#pin(turn);
    this.#announce(this.say("complete", { n: reply.citations.length }) + " " + reply.text);
  }

  /** An urgent reply stands before everything else, as an alert, until the conversation ends. */
  #pin(turn) {
    if (this.frame.hidden) this.toggle(true);
    this.#urgent?.body.replaceChildren(this.#urgent.answer);
    turn.answer.part = "";
    this.#urgent = turn;
    turn.body.replaceChildren(el("p", { class: "soft" }, this.say("urgentAbove")));
    const alert = el("div", { role: "alert" }, el("h3", null, this.say("urgent")), turn.answer);
    this.pinned.replaceChildren(alert);
    alert.scrollIntoView({ block: "nearest" });
    this.#announce("");
    this.#show(turn);
  }

  #fail(turn, { code = "broken", wait }, { page }) {
    if (code === "noPage" && page) {
      this.#unknownPage = page;
      return this.#answer(turn);
    }
    this.#tell("error", { code });
    if (code === "expired") this.#conversation = null;
    if (code === "refused") this.composer.field.value ||= turn.question;
    const stopped = code === "stopped";
    const sentence = this.say(code) + (wait ? " " + this.say("wait", { n: wait }) : "");
    const blocking = !turn.answer.firstChild && !stopped;
    turn.fail(sentence, stopped ? "soft" : "error", blocking && "alert");
    this.#announce(blocking ? "" : sentence);
  }
}

if (!customElements.get("exercise-chat")) customElements.define("exercise-chat", ExerciseChat);
