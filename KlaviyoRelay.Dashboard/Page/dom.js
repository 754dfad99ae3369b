// Small helpers. Text always goes in as text, never as markup: what is shown comes from helpdesks and from Klaviyo.

export const byId = id => document.getElementById(id);

export function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/** Writes only what differs, so that a selection or a screen reader's place is kept. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export function addOptions(select, values) {
  select.append(...values.map(value => element("option", { text: value })));
}

/** A button's action: not twice at once, and what went wrong is said where it happened. */
export async function act(button, said, action) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    const text = await action() ?? "";
    said.classList.remove("bad");
    said.textContent = text;
  } catch (error) {
    said.classList.add("bad");
    said.textContent = error.message;
  } finally {
    button.removeAttribute("aria-disabled");
  }
}
