// What is chosen on a page stands in its address, so that a link or a reload shows the same.

/** Fields by the name that they have in the address. A change writes the address and then calls. */
export function keepInAddress(fields, changed) {
  const given = new URLSearchParams(location.search);
  for (const [name, field] of Object.entries(fields)) {
    if (given.has(name)) field.value = given.get(name);
    // A choice that there is not any more.
    if (field.value !== (given.get(name) ?? "") && field.tagName === "SELECT") field.value = "";
    field.addEventListener(field.tagName === "INPUT" ? "input" : "change", () => {
      const query = new URLSearchParams(Object.entries(fields).map(([key, one]) => [key, one.value.trim()]).filter(([, value]) => value));
      history.replaceState(history.state, "", `${location.pathname}${query.size > 0 ? `?${query}` : ""}${location.hash}`);
      changed();
    });
  }
}

/** What the part after # names, such as event=1f2e; null when it names something else. */
export const named = name => location.hash.startsWith(`#${name}=`) ? decodeURIComponent(location.hash.slice(name.length + 2)) : null;

/** Takes that part away again. */
export const unname = () => history.replaceState(history.state, "", `${location.pathname}${location.search}`);
