// What comes from Klaviyo is set as text, never as markup.

export function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter(child => child !== null));
  return made;
}

/** A link that opens beside Kustomer; plain text where the thing has no address. */
export function link(text, address) {
  return address?.startsWith("https://")
    ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text, element("span", { class: "quiet", text: " (opens in a new tab)" }))
    : element("span", { text });
}

/** The first entries of a list; the others are folded. */
export function folded(entries, most) {
  const rest = entries.slice(most);
  return element("div", {},
    element("ul", {}, ...entries.slice(0, most)),
    rest.length === 0 ? null : element("details", {}, element("summary", { text: `${rest.length} more` }), element("ul", {}, ...rest)));
}
