import { get } from "./api.js";
import { keepInAddress } from "./address.js";
import { addOptions, byId, element, setText } from "./dom.js";
import { dateTime, duration } from "./format.js";

const REMEMBERED = 1000;
const PAGE = matchMedia("(max-width: 46rem)").matches ? 20 : 100;

const names = ["search", "kind", "state", "connection", "account", "time"];

export function stateOf(row) {
  switch (row.state) {
    case "delivered": return row.total === 1 ? "delivered" : `delivered ${row.delivered} of ${row.total}`;
    case "relaying": return row.total === null ? "relaying" : `relaying, ${row.delivered} of ${row.total}`;
    case "throttled": return `${row.reason}${row.until ? ` until ${dateTime(row.until)}` : ""}`;
    case "rejected": return `rejected: ${row.reason}`;
    case "skipped": return `skipped: ${row.reason ?? "no email"}`;
    default: return row.state;
  }
}

const emailsOf = row => row.emails.length === 0 ? "–"
  : row.emails[0] + (Math.max(row.total ?? 0, row.emails.length) > 1 ? ` and ${Math.max(row.total ?? 0, row.emails.length) - 1} more` : "");

/** A run of rows in the same columns. It is shown on the page of records. */
const ofRun = run => ({
  id: run.run, connection: run.sync, account: run.account, kind: "rows", at: run.acceptedAt, isRun: true,
  emails: [`${run.rows.read} rows`], state: run.status === "ended" ? "delivered" : run.status === "reading" ? "queued" : "relaying",
  words: run.status === "ended" ? `ended${run.rows.rejected ? `, ${run.rows.rejected} rejected` : ""}` : run.status,
  latencyMs: run.endedAt ? Date.parse(run.endedAt) - Date.parse(run.acceptedAt) : null,
});

/** The live list: conversations' events and customers' changes, which helpdesks' webhooks brought, and runs of rows. */
export class EventList {
  rows = new Map();
  runs = [];
  shown = new Map();
  limit = PAGE;
  body = byId("events").tBodies[0];

  begin(setup) {
    addOptions(byId("events-connection"), [...setup.connections.map(connection => connection.name), ...setup.syncs]);
    addOptions(byId("events-account"), setup.accounts);
    byId("events-kind-rows").hidden = setup.syncs.length === 0;
    keepInAddress(Object.fromEntries(names.map(name => [name, byId(`events-${name}`)])), () => { this.limit = PAGE; this.draw(); });
    byId("events-more").addEventListener("click", () => { this.limit += PAGE; this.draw(); });
    byId("events-clear").addEventListener("click", () => {
      for (const name of names) byId(`events-${name}`).value = "";
      byId("events-search").dispatchEvent(new Event("input"));
      byId("events-search").focus();
    });
    this.hasRuns = setup.syncs.length > 0;
  }

  change(rows) {
    for (const row of rows) this.rows.set(row.id, row);
    if (this.rows.size > REMEMBERED) {
      const oldest = [...this.rows.values()].sort((a, b) => a.at.localeCompare(b.at)).slice(0, this.rows.size - REMEMBERED);
      for (const row of oldest) this.rows.delete(row.id);
    }
    this.draw();
  }

  /** Runs change slowly, and reading them reads the storage. */
  async readRuns() {
    if (!this.hasRuns) return;
    this.runs = (await get("runs").catch(() => ({ runs: [] }))).runs.map(ofRun);
    this.draw();
  }

  matching() {
    const [search, kind, state, connection, account, time] = names.map(name => byId(`events-${name}`).value.trim());
    const since = time ? Date.now() - Number(time) * 60_000 : 0;
    return [...this.rows.values(), ...this.runs]
      .filter(row => (!search || [row.id, row.conversation, row.customer].some(id => id?.includes(search)))
        && (!kind || row.kind === kind) && (!state || row.state === state) && (!connection || row.connection === connection)
        && (!account || row.account === account) && Date.parse(row.at) >= since)
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  draw() {
    const matching = this.matching();
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
    byId("events-clear").hidden = !names.some(name => byId(`events-${name}`).value);
    const some = this.rows.size + this.runs.length > 0;
    byId("events-none").hidden = some;
    byId("events-no-match").hidden = !some;
    byId("events-more").hidden = matching.length <= wanted.length;
  }

  lineOf(row) {
    let line = this.shown.get(row.id);
    if (!line) {
      line = element("tr", { role: "row", onclick: ({ target }) => !target.closest("a") && getSelection().isCollapsed && line.querySelector("a").click() },
        element("td", { role: "cell", class: "time" }),
        element("td", { role: "cell" }),
        element("td", { role: "cell" }, element("a", { href: row.isRun ? `/records#run=${encodeURIComponent(row.connection)}/${row.id}` : `#event=${row.id}` })),
        element("td", { role: "cell" }),
        element("td", { role: "cell" }, element("span", { class: "state" })),
        element("td", { role: "cell", class: "right" }));
      this.shown.set(row.id, line);
    }
    const [at, connection, event, emails, state, latency] = line.cells;
    setText(at, dateTime(row.at));
    setText(connection, row.connection);
    setText(event.firstChild, row.kind);
    event.firstChild.setAttribute("aria-label", `${row.kind}, ${row.connection}, ${dateTime(row.at)}`);
    setText(emails, emailsOf(row));
    setText(state.firstChild, row.words ?? stateOf(row));
    state.firstChild.dataset.state = row.state;
    setText(latency, duration(row.latencyMs));
    return line;
  }
}
