import { element } from "./dom.js";

/** Asks before something is done that goes out to many, or can't be taken back. */
export function confirmed(title, text, yes) {
  const dialog = element("dialog", { id: "confirm", "aria-labelledby": "confirm-title" },
    element("h2", { id: "confirm-title", text: title }),
    element("p", { text }),
    element("span", { class: "actions" },
      element("button", { type: "button", id: "confirm-yes", text: yes, onclick: () => dialog.close("yes") }),
      element("button", { type: "button", text: "Back", onclick: () => dialog.close("no") })));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(answer => dialog.addEventListener("close", () => {
    dialog.remove();
    answer(dialog.returnValue === "yes");
  }));
}
