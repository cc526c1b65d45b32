/** Every sentence, one table a language. A plural is an object of Intl's forms. */
const tables = {
  en: {
    title: "Exercise assistant",
    label: "Your question",
    placeholder: "Ask a question…",
    send: "Send",
    stop: "Stop",
    restart: "New chat",
    transcript: "Conversation",
    hello: "Ask in your own words. Each answer shows the exact lines it rests on.",
    helloPage: "Ask about this exercise in your own words. Each answer shows the exact lines it rests on.",
    starters: "How do I do it?|How many reps should I do?|What is the most common mistake?|Who should avoid it?",
    note: "Answers quote the exercise pages. They are not medical advice.",
    you: "You asked:",
    answering: "Answering…",
    complete: { one: "Answer complete, {n} source.", other: "Answer complete, {n} sources." },
    caution: "Please read this first",
    urgent: "Important: please read this now",
    urgentAbove: "Please read the message at the top first.",
    noPage: "The assistant does not know this page, so the answer leaves it out.",
    retry: "Ask again",
    suggestions: "You could ask",
    source: "Source {n}",
    sourceName: "Source {n}: {title}, {heading}",
    close: "Close the source",
    loading: "Opening the page…",
    mismatch: "These words are not at their place on the page any more. The answer quoted:",
    unread: "The page could not be opened. The answer quoted:",
    open: "Open the page",
    original: "See it on the original site",
    newTab: "(new tab)",
    tooLong: { one: "Please shorten your question by {n} character.", other: "Please shorten your question by {n} characters." },
    stopped: "Stopped.",
    offline: "You are offline. Your question is kept; ask again when you are back online.",
    network: "The assistant cannot be reached. Check your connection, then ask again.",
    timeout: "The assistant took too long. Please ask again.",
    cut: "The connection broke before the answer was complete. Please ask again.",
    rate: "Too many questions at once.",
    busy: "The assistant is not ready just now.",
    wait: { one: "Please wait {n} second, then ask again.", other: "Please wait {n} seconds, then ask again." },
    expired: "This conversation has expired. Asking again starts a new one.",
    refused: "The assistant could not take this question. It is back in the field for you to change.",
    broken: "The assistant had a problem. Please ask again; if it stays, tell the owner of this site.",
  },
};

/** Return `(key, values) => sentence` in the first of these languages that has a table. */
export function speaker(...tags) {
  const language = tags.map((tag) => tag?.slice(0, 2).toLowerCase()).find((tag) => tables[tag]) || "en";
  const plural = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const entry = tables[language][key];
    const sentence = entry.other ? entry[plural.select(values.n)] : entry;
    return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  };
}
