import { get } from "./api.js";
import { act, byId, element } from "./dom.js";
import { count, dateTime } from "./format.js";

const flagOf = ({ property, value }) => element("li", {}, `${property}: `, element("b", { text: value === null ? "not set" : `${value}` }));

/** What the simulated Klaviyo holds of a customer, now. */
export class HeldPanel {
  async begin(setup) {
    byId("held").hidden = !setup.simulator;
    if (!setup.simulator) return;
    byId("held-customer").addEventListener("change", () => this.show());
    byId("held-refresh").addEventListener("click", event => act(event.currentTarget, byId("held-said"), () => this.read()));
    const { customers } = await get("customers").catch(() => ({ customers: [] }));
    byId("held-customer").append(...customers.map(({ helpdesk, id, emails }) => element("option", { value: `${helpdesk}/${id}`, text: `${helpdesk}, ${emails}` })));
  }

  show() {
    return act(byId("held-refresh"), byId("held-said"), () => this.read());
  }

  async read() {
    const chosen = byId("held-customer").value;
    byId("held-profiles").replaceChildren();
    if (!chosen) return "";
    const { profiles, unknown } = await get(`customers/${chosen.split("/").map(encodeURIComponent).join("/")}`);
    byId("held-profiles").replaceChildren(...profiles.map(profile => element("li", {},
      element("h3", { text: `${profile.email}, account ${profile.account}` }),
      element("ul", { class: "flags", "aria-label": "Flags" }, ...profile.flags.map(flagOf),
        ...profile.consent.map(({ channel, status }) => element("li", {}, `${channel.replace("_", " ")}: `, element("b", { text: status.toLowerCase().replaceAll("_", " ") })))),
      profile.events.length === 0 ? element("p", { class: "note", text: "No event." }) : element("ol", { class: "moments", "aria-label": "Last events" },
        ...profile.events.map(({ metric, time }) => element("li", {}, element("time", { datetime: time, text: dateTime(time) }), ` ${metric}`))))));
    return profiles.length === 0 ? "Klaviyo holds nothing of this customer. Open a conversation above, until it is the customer's turn."
      : unknown > 0 ? `Klaviyo does not know ${count(unknown, "other email")} of the customer.` : "";
  }
}
