import { post } from "./api.js";
import { act, byId, element } from "./dom.js";

const words = { ok: "ok", warning: "warning", failed: "failed", "not-needed": "not needed", unknown: "could not be told" };

/** Whether the connections are set up rightly, and what to do where they are not. */
export class CheckPanel {
  begin(setup) {
    byId("checks").append(...setup.connections.map(({ name, helpdesk, accounts }) => element("div", { class: "check", "data-connection": name },
      element("div", { class: "heading" },
        element("h3", { text: name }),
        element("span", { class: "note", text: `${helpdesk}, to ${accounts.join(", ")}` }),
        element("span", { class: "actions" }, element("button", { type: "button", text: "Check", "aria-label": `Check ${name}`, onclick: event => this.run(event.currentTarget, name) }))),
      element("ul", {}))));
    byId("check-all").addEventListener("click", event => this.run(event.currentTarget, null));
  }

  run(button, connection) {
    return act(button, byId("checks-said"), async () => {
      byId("checks-said").textContent = "Asking…";
      const { reports } = await post("check", { connection });
      for (const report of reports) this.show(report);
      const wrong = reports.filter(report => !report.ok).map(report => report.connection);
      return wrong.length === 0 ? "All is well." : `Something is to be done: ${wrong.join(", ")}.`;
    });
  }

  show({ connection, checks }) {
    document.querySelector(`[data-connection="${CSS.escape(connection)}"] ul`).replaceChildren(...checks.map(line => element("li", {},
      element("span", { class: "outcome", "data-outcome": line.outcome, text: words[line.outcome] ?? line.outcome }),
      element("span", {}, element("b", { text: line.subject }), ` ${line.detail}.`, ...(line.fix ? [element("span", { class: "fix", text: ` To do: ${line.fix}.` })] : [])))));
  }
}
