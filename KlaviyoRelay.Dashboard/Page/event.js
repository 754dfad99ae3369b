import { curlOf, get, post } from "./api.js";
import { named, unname } from "./address.js";
import { act, byId, element } from "./dom.js";
import { stateOf } from "./events.js";
import { count, dateTime, duration } from "./format.js";
import { verbs } from "./letters.js";

const stages = { webhook: "Webhook", queue: "Queue", relay: "Relay", skipped: "Skipped", klaviyo: "Klaviyo", "dead-letter-throttled": "Throttled", "dead-letter-rejected": "Rejected" };

function copyable(label, text, shown = text) {
  return [
    element("dt", { text: label }),
    element("dd", {}, element("code", { text: shown }), element("button", {
      type: "button", class: "copy", text: "Copy", "aria-label": `Copy ${label.toLowerCase()}`,
      onclick: event => act(event.currentTarget, byId("event-said"), async () => {
        await navigator.clipboard.writeText(text);
        return `Copied: ${label.toLowerCase()}.`;
      }),
    })),
  ];
}

function attemptOf(attempt) {
  const isGood = attempt.status >= 200 && attempt.status < 300;
  const sent = [attempt.metric, attempt.property, `for ${attempt.email}`, attempt.together > 1 && `in a request with ${attempt.together} events`].filter(Boolean).join(", ");
  const wait = attempt.waitMs === null ? null
    : `The next try waited ${duration(attempt.waitMs)}: ${attempt.isWaitAsked ? "Klaviyo asked for it (Retry-After)" : "each wait is longer than the one before"}.`;
  return element("li", {},
    element("time", { datetime: attempt.at, text: dateTime(attempt.at) }),
    element("span", { class: "state", "data-state": isGood ? "delivered" : attempt.status === 429 || !attempt.status || attempt.status >= 500 ? "throttled" : "rejected", text: attempt.status ?? "no answer" }),
    element("span", { class: "after", text: `after ${duration(attempt.tookMs)}` }),
    element("p", { text: sent }),
    element("p", { class: "note" }, ...(attempt.uniqueId ? ["unique_id ", element("code", { text: attempt.uniqueId }), ", "] : []), `time ${dateTime(attempt.time)}`),
    ...(attempt.said ? [element("p", { class: "said-back" }, ...(attempt.status ? [element("b", { text: "Answer: " })] : []), attempt.said)] : []),
    ...(wait ? [element("p", { class: "note", text: wait })] : []));
}

const timelineOf = timeline => timeline.map((entry, index) => element("li", { class: entry.stage },
  element("time", { datetime: entry.at, text: dateTime(entry.at) }),
  element("span", { class: "after", text: index === 0 ? "" : `+${duration(Date.parse(entry.at) - Date.parse(timeline[0].at))}` }),
  element("b", { text: stages[entry.stage] ?? entry.stage }),
  element("span", { text: entry.text })));

/** One event, at its own address: what was tried, what was answered, and its letters. */
export class EventView {
  dialog = byId("event");

  begin() {
    byId("event-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => { if (named("event") === this.open) unname(); this.open = null; });
    addEventListener("hashchange", () => this.follow());
    this.follow();
  }

  /** Shows what the address names. */
  async follow() {
    const id = named("event");
    if (id === null) {
      if (this.dialog.open) this.dialog.close();
      return;
    }
    if (this.open === id) return;
    this.open = id;
    byId("event-said").textContent = "";
    byId("event-letters").replaceChildren();
    this.state = null;
    await this.fill();
    if (this.open === id && !this.dialog.open) this.dialog.showModal();
  }

  /** Something has happened to events; perhaps to the one that is open. */
  changed(rows) {
    if (this.open && rows.some(row => row.id === this.open)) this.fill();
  }

  async fill() {
    const id = this.open;
    try {
      const detail = await get(`events/${encodeURIComponent(id)}`);
      // Another one was opened meanwhile.
      if (this.open !== id) return;
      this.draw(detail);
      const { state, attempts } = detail.row;
      const waits = state === "throttled" || state === "rejected";
      const now = `${state} ${attempts}`;
      if (this.state !== now && (waits || this.state !== null)) await this.readLetters(waits);
      this.state = now;
    } catch (error) {
      if (this.open !== id) return;
      byId("event-title").textContent = "Not remembered";
      byId("event-summary").textContent = error.message;
      for (const part of ["event-ids", "event-attempts", "event-timeline"]) byId(part).replaceChildren();
      await this.readLetters(true);
    }
  }

  draw({ row, timeline, attempts, attemptsLeftOut, trace }) {
    byId("event-title").textContent = `${row.kind} · ${row.connection}`;
    byId("event-summary").textContent = `To account ${row.account}: ${stateOf(row)}${row.attempts ? `, tried ${count(row.attempts, "time")} before` : ""}.`;
    if (!byId("event-ids").contains(document.activeElement)) {
      byId("event-ids").replaceChildren(
        ...copyable("Event", row.id), ...(row.customer ? copyable("Customer", row.customer) : copyable("Conversation", row.conversation)), ...(trace ? copyable("Trace", trace) : []),
        ...(row.customer ? [] : [...copyable("As curl", curlOf("replay", { id: row.id }), `curl ${location.origin}/dashboard/replay …`), ...copyable("Send again", `scripts/relay replay ${row.id}`)]));
    }
    byId("event-attempts").replaceChildren(
      ...(attemptsLeftOut > 0 ? [element("li", { class: "note", text: `${count(attemptsLeftOut, "try", "tries")} before these are not kept.` })] : []),
      ...attempts.map(attemptOf),
      ...(attempts.length === 0 ? [element("li", { class: "note", text: "Nothing was sent to Klaviyo for this event yet. The timeline says how far it is." })] : []));
    byId("event-timeline").replaceChildren(...timelineOf(timeline));
  }

  async readLetters(waits) {
    const letters = waits ? (await get(`dead-letters?${new URLSearchParams({ id: this.open })}`).catch(() => ({ letters: [] }))).letters : [];
    byId("event-letters").replaceChildren(...letters.map(letter => {
      const { path, label, done } = verbs[letter.queue];
      return element("li", { "data-queue": letter.queue },
        element("p", {}, element("b", { text: `${letter.reason}: ` }), letter.detail),
        element("p", { class: "note", text: `${letter.dueAt ? `Tried again at ${dateTime(letter.dueAt)}` : "It waits for a person"}, for ${letter.emails?.join(", ") ?? "all of the customer's emails"}.` }),
        element("button", {
          type: "button", text: label,
          onclick: event => act(event.currentTarget, byId("event-said"), async () => {
            const { count: settled } = await post(`dead-letters/${path}`, { id: letter.id });
            byId("event-close").focus();
            byId("event-letters").replaceChildren();
            return settled === 0 ? "It was not found: the relay has taken it by now." : `${done}: ${count(settled, "letter")}.`;
          }),
        }));
    }));
  }
}
