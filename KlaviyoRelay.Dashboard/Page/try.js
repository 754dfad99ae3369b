import { post } from "./api.js";
import { act, byId, element } from "./dom.js";

const labels = { open: "Open", close: "Close", reopen: "Reopen", rate: "Rate", burst: "Open 20" };

const said = {
  throttle: "Every event waits for an answer of 429 three times, then goes to dead-letter-throttled.",
  errors: "Every event is tried three times, then goes to dead-letter-throttled.",
  outage: "Every request is tried three times, then what it was for goes to dead-letter-throttled.",
  "revoked-key": "Events go to dead-letter-rejected.",
};
const ended = {
  throttle: "What waits comes back by itself, or when you release it below.",
  errors: "What waits comes back by itself, or when you release it below.",
  outage: "What waits comes back by itself, or when you release it below.",
  "revoked-key": "The relay tries a refused key again after 10 s. Then redrive what was rejected.",
};

/** The buttons that post conversations, and the switches that break the simulated Klaviyo. */
export class TryPanel {
  switches = new Map();

  begin(setup) {
    for (const connection of setup.connections) {
      byId("try-connections").append(connection.canTry ? this.buttonsOf(connection) : element("p", { class: "note", text: `${connection.name}: ${connection.whyNot}` }));
    }
    if (setup.card) {
      byId("card-link").href = setup.card;
      byId("card").hidden = false;
    }
    if (setup.simulator) {
      for (const fault of setup.faults) byId("faults").append(this.switchOf(fault));
    } else {
      byId("faults-panel").replaceChildren(element("p", { class: "note", id: "no-faults", text: setup.simulatorNote }));
      if (setup.connections.some(connection => connection.canTry)) {
        byId("try-connections").prepend(element("p", { class: "note", text: `What you post here goes to ${setup.klaviyo}, and is recorded there for good.` }));
      }
    }
    byId("try").hidden = false;
  }

  buttonsOf({ name, buttons }) {
    return element("div", { class: "try", role: "group", "aria-label": name }, element("span", { text: name }),
      ...buttons.map(what => element("button", {
        type: "button", text: labels[what], "data-what": what,
        onclick: event => act(event.currentTarget, byId("try-said"), async () => (await post("try", { connection: name, what })).sentence),
      })));
  }

  switchOf({ name, title, on }) {
    const button = element("button", {
      type: "button", role: "switch", class: "switch", "aria-checked": `${on}`, "data-fault": name,
      onclick: event => act(event.currentTarget, byId("faults-said"), async () => {
        const turnOn = button.getAttribute("aria-checked") !== "true";
        const { faults } = await post("faults", { name, on: turnOn });
        button.setAttribute("aria-checked", `${faults.includes(name)}`);
        return turnOn ? said[name] : ended[name];
      }),
    }, element("span", { class: "knob", "aria-hidden": "true" }), title);
    this.switches.set(name, button);
    return button;
  }

  showFaults(names) {
    for (const [name, button] of this.switches) {
      // What somebody is just switching is not set back by news from before.
      if (button.getAttribute("aria-disabled") !== "true") button.setAttribute("aria-checked", `${names.includes(name)}`);
    }
  }
}
