/** The field in which questions are typed, and the button that sends or stops. */

import { button, el } from "./dom.js";

const LIMIT = 1000;

export class Composer {
  #busy = false;

  /** `on` has the listeners `send(text)` and `stop()`. */
  constructor(say, on) {
    this.say = say;
    this.on = on;
    this.hint = el("p", { class: "error", id: "hint", role: "alert", hidden: true });
    const key = (event) => this.#key(event);
    this.field = el("textarea", {
      id: "field",
      class: "field",
      rows: 1,
      placeholder: say("placeholder"),
      "aria-describedby": "hint",
      enterkeyhint: "send",
      oninput: () => this.#complain(0),
      onkeydown: key,
      onkeypress: key,
      onkeyup: key,
    });
    this.button = button("send", say("send"), (event) => this.#press(event));
    const label = el("label", { for: "field", class: "hidden" }, say("label"));
    const row = el("div", { class: "row" }, label, this.field, this.button);
    this.node = el("div", { class: "composer" }, this.hint, row, el("small", null, say("note")));
  }

  /** While an answer is under way the button stops it. */
  set busy(busy) {
    this.#busy = busy;
    this.button.textContent = this.say(busy ? "stop" : "send");
  }

  /** Keys typed here stay here, so that the host's shortcuts do not fire; Escape goes on. */
  #key(event) {
    if (event.key === "Escape") return;
    event.stopPropagation();
    if (event.type !== "keydown" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!this.#busy) this.#send();
  }

  /** The second click of a double click on "Send" must not stop what the first one began. */
  #press(event) {
    if (event.detail > 1) return;
    if (this.#busy) this.on.stop();
    else this.#send();
  }

  #send() {
    const text = this.field.value.trim();
    const over = Array.from(text.normalize("NFKC")).length - LIMIT;
    this.#complain(over);
    if (over > 0 || !text) return this.field.focus();
    this.field.value = "";
    this.on.send(text);
  }

  #complain(over) {
    this.field.ariaInvalid = over > 0;
    this.hint.hidden = over <= 0;
    this.hint.textContent = this.say("tooLong", { n: over });
  }
}
