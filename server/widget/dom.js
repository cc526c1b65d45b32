/** Builders of DOM nodes: text only ever becomes a text node, there is no HTML sink. */

/** Classes that a site may style as `::part(…)`; what is urgent is not among them. */
const PARTS = "launcher bar log question answer cite suggestion source passage mark composer field send tools caution";
const parts = new Set(PARTS.split(" "));

/** An element. Attributes named "on…" are listeners, null and false are left out. */
export function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value);
  }
  if (parts.has(attributes?.class)) node.part = attributes.class;
  node.append(...children.filter(Boolean));
  return node;
}

export function button(className, label, onclick, attributes) {
  return el("button", { type: "button", class: className, onclick, ...attributes }, label);
}

/** Scroll a box so that a node in it is `space` pixels below its top. */
export function scrollTo(box, node, space) {
  box.scrollTop += node.getBoundingClientRect().top - box.getBoundingClientRect().top - space;
}
