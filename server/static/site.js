/** The site's own script: narrows the list of exercises, asks about a section, and brings the cited words into view. */

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Show only the exercises whose names hold every typed word and that fit every choice; say how many. */
function narrow(finder) {
  const form = finder.querySelector(".search");
  const words = plain(form.elements.q.value).split(/[\s-]+/).filter(Boolean);
  const picked = [...form.querySelectorAll("select")].filter((one) => one.value);
  let shown = 0;
  for (const item of finder.querySelectorAll(".exercises > li")) {
    const names = plain(item.textContent);
    const fits = picked.every(({ name, value }) => item.dataset[name].includes(`|${value}|`));
    item.hidden = !fits || !words.every((word) => names.includes(word));
    shown += item.hidden ? 0 : 1;
  }
  const { one, many, none, unfit } = finder.querySelector("#found").dataset;
  const nothing = picked.length ? unfit : none;
  finder.querySelector("#found").textContent = shown > 1 ? many.replace("#", shown) : shown ? one : nothing;
  finder.querySelector(".clear").hidden = !words.length && !picked.length;
}

/** Keep in the address what the list shows, so that going back or passing it on shows the same. */
function remember(form) {
  const given = [...new FormData(form)].filter(([, value]) => value);
  const query = new URLSearchParams(given).toString();
  if (location.pathname === new URL(form.action).pathname) history.replaceState(null, "", "?" + query);
}

for (const finder of document.querySelectorAll("[data-finder]")) {
  const form = finder.querySelector(".search");
  form.addEventListener("input", () => {
    narrow(finder);
    remember(form);
  });
  narrow(finder);
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
