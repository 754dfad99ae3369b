import { get } from "./api.js";
import { act, addOptions, byId, element } from "./dom.js";
import { count, dateTime } from "./format.js";

const flagOf = ({ property, value }) => element("li", {}, `${property}: `, element("b", { text: value === null ? "not set" : `${value}` }));

/** What Klaviyo holds of a customer: the simulated one now, a real one when it is asked for. */
export class HeldPanel {
  async begin(setup) {
    const asked = setup.connections.filter(connection => connection.hasCard).map(connection => connection.name);
    this.isSimulated = setup.simulator !== null;
    byId("held").hidden = false;
    byId("held-choose").hidden = !this.isSimulated;
    byId("held-ask").hidden = this.isSimulated || asked.length === 0;
    byId("held-refresh").addEventListener("click", () => this.show());
    if (this.isSimulated) {
      byId("held-customer").addEventListener("change", () => this.show());
      const { customers } = await get("customers").catch(() => ({ customers: [] }));
      byId("held-customer").append(...customers.map(({ helpdesk, id, emails }) => element("option", { value: `${helpdesk}/${id}`, text: `${helpdesk}, ${emails}` })));
      return;
    }
    byId("held-refresh").textContent = "Ask Klaviyo";
    byId("held-refresh").hidden = asked.length === 0;
    byId("held-said").textContent = asked.length === 0
      ? "To ask Klaviyo here, switch the card of a connection on (docs/insights.md)."
      : "Klaviyo is asked when you press the button, by way of the connection's card. The id is the helpdesk's.";
    addOptions(byId("held-connection"), asked);
    byId("held-ask").addEventListener("submit", event => {
      event.preventDefault();
      return this.show();
    });
  }

  show() {
    return act(byId("held-refresh"), byId("held-said"), () => this.read());
  }

  path() {
    const chosen = byId("held-customer").value;
    if (this.isSimulated) return chosen && `customers/${chosen.split("/").map(encodeURIComponent).join("/")}`;
    const id = byId("held-id").value.trim();
    return id && `asked/${encodeURIComponent(byId("held-connection").value)}/${encodeURIComponent(id)}`;
  }

  async read() {
    byId("held-profiles").replaceChildren();
    const path = this.path();
    if (!path) return "Choose a customer first.";
    const { profiles, unknown, missing } = await get(path);
    byId("held-profiles").replaceChildren(...profiles.map(profile => element("li", {},
      element("h3", { text: `${profile.name}, account ${profile.account}` }),
      element("ul", { class: "flags", "aria-label": "Flags" }, ...profile.flags.map(flagOf),
        ...profile.consent.map(({ channel, status }) => element("li", {}, `${channel.replace("_", " ")}: `, element("b", { text: status.toLowerCase().replaceAll("_", " ") })))),
      ...(profile.asOf ? [element("p", { class: "note", text: `As of ${dateTime(profile.asOf)}.` })] : []),
      profile.events.length === 0 ? element("p", { class: "note", text: "No event of a conversation." }) : element("ol", { class: "moments", "aria-label": "Last events" },
        ...profile.events.map(({ metric, time }) => element("li", {}, element("time", { datetime: time, text: dateTime(time) }), ` ${metric}`))))));
    return [
      profiles.length === 0 && "Klaviyo holds nothing of this customer. The first event makes the profile.",
      profiles.length > 0 && unknown > 0 && `Klaviyo does not know ${count(unknown, "other email")} of the customer.`,
      ...missing,
    ].filter(Boolean).join(" ");
  }
}
