/** An answer outside the widget: as text with numbered sources, and as a sheet of paper. */

import { el } from "./dom.js";

const named = ({ title, heading, quote }) => `${title}, ${heading}: “${quote}”`;

/** The answer as plain text: numbers behind the sentences, the sources below. */
export function asText({ segments, citations }, base, say) {
  const said = segments.map(({ text, citations: numbers }) =>
    text.replace(/\s*$/, (space) => numbers.map((n) => ` [${n}]`).join("") + space),
  );
  const where = (one) => URL.parse(one.source_url || one.url, base)?.href || "";
  const sources = citations.map((one) => `[${one.number}] ${named(one)} ${where(one)}`.trim());
  return [said.join("").trim(), ...(sources.length ? [say("sources") + "\n" + sources.join("\n")] : [])].join("\n\n");
}

/** The sources with their quotes in full, shown on paper only. */
export function sourceSheet(citations, say) {
  if (!citations.length) return "";
  const items = citations.map((one) => el("li", { value: one.number }, named(one)));
  return el("div", { class: "sheet" }, el("h3", null, say("sources")), el("ol", null, ...items));
}

/** Print one turn and nothing of the host page around it. */
export function printTurn(turn, sheet) {
  const paper = el("div");
  paper.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  paper.shadowRoot.append(el("div", { class: "root" }, turn.cloneNode(true)));
  const alone = new CSSStyleSheet();
  alone.replaceSync(
    "@media print { body > * { display: none !important } body > :last-child { display: block !important } }",
  );
  const after = () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== alone);
  };
  document.body.append(paper);
  document.adoptedStyleSheets.push(alone);
  addEventListener("afterprint", after, { once: true });
  print();
}
