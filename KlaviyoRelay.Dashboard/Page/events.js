import { get } from "./api.js";
import { addOptions, byId, element, setText } from "./dom.js";
import { count, duration, time } from "./format.js";

const REMEMBERED = 1000;
const PAGE = matchMedia("(max-width: 46rem)").matches ? 20 : 100;

const stages = { webhook: "Webhook", queue: "Queue", relay: "Relay", skipped: "Skipped", klaviyo: "Klaviyo", "dead-letter-throttled": "Throttled", "dead-letter-rejected": "Rejected" };

function stateOf(row) {
  switch (row.state) {
    case "delivered": return row.total === 1 ? "delivered" : `delivered ${row.delivered} of ${row.total}`;
    case "relaying": return row.total === null ? "relaying" : `relaying, ${row.delivered} of ${row.total}`;
    case "throttled": return `${row.reason}${row.until ? ` until ${time(row.until)}` : ""}`;
    case "rejected": return `rejected: ${row.reason}`;
    case "skipped": return `skipped: ${row.reason ?? "no email"}`;
    default: return row.state;
  }
}

const emailsOf = row => row.emails.length === 0 ? "–"
  : row.emails[0] + (Math.max(row.total ?? 0, row.emails.length) > 1 ? ` and ${Math.max(row.total ?? 0, row.emails.length) - 1} more` : "");

/** The live list, and the timeline of one event. */
export class EventList {
  rows = new Map();
  shown = new Map();
  limit = PAGE;
  body = byId("events").tBodies[0];

  begin(setup) {
    addOptions(byId("events-connection"), setup.connections.map(connection => connection.name));
    for (const id of ["events-state", "events-connection"]) byId(id).addEventListener("change", () => this.draw());
    byId("events-more").addEventListener("click", () => { this.limit += PAGE; this.draw(); });
    byId("event-close").addEventListener("click", () => byId("event").close());
  }

  change(rows) {
    for (const row of rows) this.rows.set(row.id, row);
    if (this.rows.size > REMEMBERED) {
      const oldest = [...this.rows.values()].sort((a, b) => a.at.localeCompare(b.at)).slice(0, this.rows.size - REMEMBERED);
      for (const row of oldest) this.rows.delete(row.id);
    }
    this.draw();
    if (byId("event").open && rows.some(row => row.id === this.open)) this.fill(this.open);
  }

  draw() {
    const [state, connection] = [byId("events-state").value, byId("events-connection").value];
    const matching = [...this.rows.values()]
      .filter(row => (!state || row.state === state) && (!connection || row.connection === connection))
      .sort((a, b) => b.at.localeCompare(a.at));
    const wanted = matching.slice(0, this.limit);
    // What leaves goes first: a line that is moved would lose the keyboard's focus.
    const kept = new Set(wanted.map(row => row.id));
    for (const [id, line] of this.shown) {
      if (kept.has(id)) continue;
      line.remove();
      this.shown.delete(id);
    }
    wanted.forEach((row, index) => {
      const line = this.lineOf(row);
      if (this.body.rows[index] !== line) this.body.insertBefore(line, this.body.rows[index] ?? null);
    });
    byId("events").hidden = wanted.length === 0;
    byId("events-empty").hidden = wanted.length > 0;
    if (this.rows.size > 0) setText(byId("events-empty"), "None of the conversations matches.");
    byId("events-more").hidden = matching.length <= wanted.length;
  }

  lineOf(row) {
    let line = this.shown.get(row.id);
    if (!line) {
      const open = element("button", { type: "button", class: "link", "aria-haspopup": "dialog" });
      line = element("tr", { role: "row", onclick: ({ target }) => (target.closest("button") || getSelection().isCollapsed) && this.show(row.id) },
        element("td", { role: "cell", class: "time" }),
        element("td", { role: "cell" }),
        element("td", { role: "cell" }, open),
        element("td", { role: "cell" }),
        element("td", { role: "cell" }, element("span", { class: "state" })),
        element("td", { role: "cell", class: "right" }));
      this.shown.set(row.id, line);
    }
    const [at, connection, event, emails, state, latency] = line.cells;
    setText(at, time(row.at));
    setText(connection, row.connection);
    setText(event.firstChild, row.kind);
    event.firstChild.setAttribute("aria-label", `${row.kind}, ${row.connection}, ${time(row.at)}: show its timeline`);
    setText(emails, emailsOf(row));
    setText(state.firstChild, stateOf(row));
    state.firstChild.dataset.state = row.state;
    setText(latency, duration(row.latencyMs));
    return line;
  }

  async show(id) {
    this.open = id;
    await this.fill(id);
    if (this.open === id && !byId("event").open) byId("event").showModal();
  }

  /** Anew, too, when something happens to an event whose timeline is open. */
  async fill(id) {
    try {
      const { row, timeline } = await get(`events/${id}`);
      // Another one was opened meanwhile.
      if (this.open !== id) return;
      const began = Date.parse(timeline[0]?.at);
      byId("event-title").textContent = `${row.kind} · ${row.connection}`;
      byId("event-summary").textContent = `Conversation ${row.conversation} to account ${row.account}: ${stateOf(row)}${row.attempts ? `, tried ${count(row.attempts, "time")} before` : ""}.`;
      byId("event-timeline").replaceChildren(...timeline.map((entry, index) => element("li", { class: entry.stage },
        element("time", { datetime: entry.at, text: time(entry.at) }),
        element("span", { class: "after", text: index === 0 ? "" : `+${duration(Date.parse(entry.at) - began)}` }),
        element("b", { text: stages[entry.stage] ?? entry.stage }),
        element("span", { text: entry.text }))));
    } catch (error) {
      byId("event-title").textContent = "No timeline";
      byId("event-summary").textContent = error.message;
      byId("event-timeline").replaceChildren();
    }
  }
}
