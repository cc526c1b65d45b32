/** What the browser remembers of a conversation: nothing, until the tab closes, or until erased. */

export class History {
  #key;
  #turns = [];
  #store;

  /** `kind` is "session", "local" or anything else for nothing; each endpoint has its own. */
  constructor(kind, base) {
    this.#key = "exercise-chat " + base;
    try {
      if (kind === "session") this.#store = sessionStorage;
      if (kind === "local") this.#store = localStorage;
    } catch {
      // The browser allows no storage here; the conversation lasts as long as the page.
    }
  }

  get kept() {
    return !!this.#store;
  }

  /** The turns that are remembered, oldest first, as `{question, reply}`. */
  read() {
    try {
      this.#turns = JSON.parse(this.#store?.getItem(this.#key) || "[]");
      return [...this.#turns];
    } catch {
      this.erase();
      return [];
    }
  }

  /** Remember one more turn, the newest fifty; full storage is no reason to stop. */
  add(question, reply) {
    this.#turns = [...this.#turns, { question, reply }].slice(-50);
    try {
      this.#store?.setItem(this.#key, JSON.stringify(this.#turns));
    } catch {
      this.erase();
    }
  }

  erase() {
    this.#turns = [];
    this.#store?.removeItem(this.#key);
  }
}
