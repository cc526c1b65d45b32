/** The site's own script: filters the list of exercises, asks about a section, and brings the cited words into view. */

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Show only the exercises whose names hold every typed word, and say how many there are. */
function filter(finder, query) {
  const words = plain(query).split(/[\s-]+/).filter(Boolean);
  let shown = 0;
  for (const item of finder.querySelectorAll(".exercises > li")) {
    const names = plain(item.textContent);
    item.hidden = !words.every((word) => names.includes(word));
    shown += item.hidden ? 0 : 1;
  }
  const found = finder.querySelector(".found");
  const { one, many, none } = found.dataset;
  found.textContent = shown === 0 ? none : shown === 1 ? one : many.replace("#", shown);
}

for (const finder of document.querySelectorAll("[data-finder]")) {
  const field = finder.querySelector(".search input");
  field.addEventListener("input", () => filter(finder, field.value));
  if (field.value) filter(finder, field.value);
}

/** Hand a section's question to the assistant beside it. */
async function askAbout(question) {
  await customElements.whenDefined("exercise-chat");
  const chat = document.querySelector("exercise-chat");
  chat.scrollIntoView({ block: "nearest" });
  chat.ask(question);
}

for (const button of document.querySelectorAll("[data-ask]")) {
  button.hidden = false;
  button.addEventListener("click", () => askAbout(button.dataset.ask));
}

document.getElementById("cited")?.scrollIntoView({ block: "center" });
