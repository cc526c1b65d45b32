/** The embed page's script: the snippet of what is chosen, and the widget in the chosen look with its CSS. */

const byId = (id) => document.getElementById(id);
const choices = byId("choices");
const look = byId("look");
const stage = byId("stage");

/** A code block's text is that of the one element in it. */
const write = (id, text) => (byId(id).firstElementChild.textContent = text);

const ATTRIBUTES = ["page", "mode", "lang", "history"];
const PREVIEWED = ["page", "mode", "lang"]; // the preview itself keeps nothing in the browser
const SCHEMES = ["Light", "Dark"];

// Colours of the widget that no property changes (server/widget/styles.js), light and dark.
const FIXED = { alarm: ["#a3211a", "#ffaba2"], label: ["#7a4a00", "#f0c869"], edge: ["#85897f", "#7d837c"] };
const TEXT = 4.5;
const EDGE = 3;

// What is seen on what, in words, and the least contrast (WCAG 2.2, 1.4.3 and 1.4.11).
const CHECKED = [
  ["ink", "paper", "the text on the background", TEXT],
  ["ink", "tint", "the text of a source on what is behind it", TEXT],
  ["ink", "question", "the reader's question on what is behind it", TEXT],
  ["ink", "mark", "the cited words on what is behind them", TEXT],
  ["ink", "caution", "a restriction on what is behind it", TEXT],
  ["soft", "paper", "the quieter text on the background", TEXT],
  ["soft", "tint", "the quieter text on what is behind a source", TEXT],
  ["accent", "paper", "links and numbers on the background", TEXT],
  ["accent", "tint", "links on what is behind a source", TEXT],
  ["accent", "caution", "numbers on what is behind a restriction", TEXT],
  ["on-accent", "accent", "the text on the send button", TEXT],
  ["label", "caution", "the line “Please read this first” on what is behind a restriction", TEXT],
  ["alarm", "paper", "the words of a failure on the background", TEXT],
  ["edge", "paper", "the edge of the field on the background", EDGE],
];

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The same text as `server.embed_html.snippet`: its script, and the element with what is chosen. */
function showSnippet() {
  const chosen = new FormData(choices);
  const given = [["endpoint", choices.dataset.origin], ...ATTRIBUTES.map((name) => [name, chosen.get(name)])];
  const attributes = given.filter(([, value]) => value).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const [script] = byId("snippet").textContent.split("<exercise-chat");
  write("snippet", `${script}<exercise-chat${attributes.join("")}></exercise-chat>`);
}

/** A new widget: it reads its attributes when it is put into the page. */
function showPreview() {
  const chosen = new FormData(choices);
  const chat = document.createElement("exercise-chat");
  chat.setAttribute("endpoint", "/");
  for (const name of PREVIEWED) if (chosen.get(name)) chat.setAttribute(name, chosen.get(name));
  stage.replaceChildren(chat);
}

const rows = new Map(
  Array.from(look.querySelectorAll("[data-colour]"), (row) => [row.dataset.colour, row]),
);
const fieldsOf = (name) => Array.from(rows.get(name).querySelectorAll("input"));

/** The colours of a property, light and dark. */
const coloursOf = (name) => FIXED[name] || fieldsOf(name).map((field) => field.value);

/** A colour that follows another shows that one until it is chosen itself. */
function follow() {
  for (const [name, row] of rows) {
    if (!row.dataset.follows || row.dataset.chosen) continue;
    const followed = coloursOf(row.dataset.follows);
    fieldsOf(name).forEach((field, scheme) => (field.value = followed[scheme]));
  }
}

/** What a colour's property is set to, or none where it is the widget's own. */
function colourValue([name, row]) {
  const own = fieldsOf(name).every((field) => field.value === field.defaultValue);
  const changed = row.dataset.follows ? row.dataset.chosen : !own;
  return [name, changed && `light-dark(${coloursOf(name).join(", ")})`];
}

function sizeValue(field) {
  field.parentNode.querySelector("output").value = `${Number(field.value)} rem`;
  return [field.dataset.size, field.value !== field.defaultValue && `${Number(field.value)}rem`];
}

/** Families as the browser writes them, so that no typed sign breaks the style sheet. */
function fontValue(field) {
  const probe = document.createElement("span").style;
  probe.fontFamily = field.value;
  const isKeyword = /^(?:inherit|initial|unset|revert|revert-layer)$/i.test(probe.fontFamily);
  const families = isKeyword ? "" : probe.fontFamily;
  const isWrong = Boolean(field.value.trim()) && !families;
  field.ariaInvalid = isWrong;
  const told = isWrong ? "These are not font families, so they are left out." : "";
  if (field.nextElementSibling.textContent !== told) field.nextElementSibling.textContent = told;
  return [field.dataset.font, families];
}

/** Every property with its value, in the order of the controls; no value where nothing is changed. */
function properties() {
  return [
    ...Array.from(rows, colourValue),
    ...Array.from(look.querySelectorAll("[data-size]"), sizeValue),
    ...Array.from(look.querySelectorAll("[data-font]"), fontValue),
  ].map(([name, value]) => [`--chat-${name}`, value || ""]);
}

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2). */
function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours: black and white have 21. */
function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** A sentence for each pair of colours that is hard to tell apart. */
function faults() {
  return SCHEMES.flatMap((scheme, index) =>
    CHECKED.map(([above, below, what, least]) => {
      const found = contrast(coloursOf(above)[index], coloursOf(below)[index]);
      return found < least && `${scheme}, ${what}: ${Math.floor(found * 100) / 100}:1, and ${least}:1 is needed.`;
    }).filter(Boolean),
  );
}

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

function listOf(sentences) {
  const list = document.createElement("ul");
  list.append(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  return list;
}

/** Say what is hard to read; the same again is not said twice. */
function showContrast() {
  const sentences = faults();
  const said = sentences.join();
  const box = byId("contrast");
  if (box.dataset.said === said) return;
  box.dataset.said = said;
  box.classList.toggle("warns", sentences.length > 0);
  if (sentences.length) box.replaceChildren(paragraph("Some readers will not be able to read this:"), listOf(sentences));
  else box.replaceChildren(paragraph("Contrast is good: 4.5:1 or more for every text, light and dark."));
}

/** Put the look on the preview and into the style sheet to copy. */
function showLook() {
  follow();
  const all = properties();
  for (const [name, value] of all) {
    if (value) stage.style.setProperty(name, value);
    else stage.style.removeProperty(name);
  }
  const lines = all.filter(([, value]) => value).map(([name, value]) => `  ${name}: ${value};\n`);
  write("css", lines.length ? `exercise-chat {\n${lines.join("")}}` : "/* Its own look: there is nothing to copy yet. */");
  showContrast();
}

async function copy(button) {
  const block = byId(button.dataset.copy);
  const told = button.nextElementSibling;
  told.textContent = ""; // so that the same words are announced again
  try {
    await navigator.clipboard.writeText(block.textContent);
    told.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(block);
    told.textContent = "It is selected: press Ctrl+C, on a Mac ⌘C.";
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

choices.addEventListener("change", ({ target }) => {
  showSnippet();
  if (PREVIEWED.includes(target.name)) showPreview();
});

look.addEventListener("input", ({ target }) => {
  const row = target.closest("[data-follows]");
  if (row) row.dataset.chosen = "yes";
  showLook();
});
look.addEventListener("reset", () => {
  for (const row of rows.values()) delete row.dataset.chosen;
  setTimeout(showLook); // once the fields have their first values again
});
look.addEventListener("submit", (event) => event.preventDefault());

byId("scheme").addEventListener("change", ({ target }) => (stage.style.colorScheme = target.value));
const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
byId("scheme").querySelector(`[value=${scheme}]`).click();

byId("theme").hidden = false;
showSnippet();
showPreview();
showLook();
