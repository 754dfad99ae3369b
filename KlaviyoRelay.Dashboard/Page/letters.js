import { get, post } from "./api.js";
import { confirmed } from "./confirm.js";
import { act, addOptions, byId, element } from "./dom.js";
import { count, dateTime } from "./format.js";

const filters = { queue: "letters-queue", reason: "letters-reason", connection: "letters-connection", account: "letters-account" };
export const verbs = { throttled: { path: "release", label: "Release", done: "Released" }, rejected: { path: "redrive", label: "Redrive", done: "Sent again" } };

export class LetterList {
  body = byId("letters").tBodies[0];
  said = byId("letters-said");
  seen = null;
  opened = new Set();
  reading = null;

  begin(setup) {
    addOptions(byId("letters-reason"), setup.reasons);
    addOptions(byId("letters-connection"), setup.connections.map(connection => connection.name));
    addOptions(byId("letters-account"), setup.accounts);
    for (const id of Object.values(filters)) byId(id).addEventListener("change", () => this.read());
    byId("letters-refresh").addEventListener("click", () => this.read());
    byId("letters-release").addEventListener("click", event => this.settleShown(event.currentTarget, "throttled"));
    byId("letters-redrive").addEventListener("click", event => this.settleShown(event.currentTarget, "rejected"));
    this.read();
  }

  /** Reading a queue hides its messages for a moment, so it is read when its length changes and not every second. */
  counted(throttled, rejected) {
    const now = `${throttled} ${rejected}`;
    if (this.seen !== null && this.seen !== now) this.read();
    this.seen = now;
  }

  /** One read at a time. Who asks during one waits for the one after it. */
  read() {
    this.again = true;
    this.reading ??= this.readOn().finally(() => { this.reading = null; });
    return this.reading;
  }

  async readOn() {
    try {
      do {
        this.again = false;
        const query = new URLSearchParams(Object.entries(filters).map(([name, id]) => [name, byId(id).value]).filter(([, value]) => value));
        this.draw(await get(`dead-letters?${query}`));
      } while (this.again);
      // It was of an earlier read.
      if (this.said.classList.contains("bad")) this.say("", false);
    } catch (error) {
      this.say(error.message, true);
    }
  }

  say(text, isBad) {
    this.said.classList.toggle("bad", isBad);
    this.said.textContent = text;
  }

  draw({ letters, hasMore, unreadable }) {
    const focused = [...this.body.rows].findIndex(line => line.contains(document.activeElement));
    const key = focused < 0 ? null : this.body.rows[focused].dataset.key;
    // Letters that say the same are one line, until a person wants to see all of them.
    const choicesOf = same => {
      const { queue, reason, connection, account } = same[0];
      const like = letters.filter(letter => letter.queue === queue && letter.reason === reason && letter.connection === connection && letter.account === account);
      // One request instead of many, where it means the same.
      return !hasMore && like.length === same.length ? [{ reason, connection, account }] : same.map(letter => ({ id: letter.id }));
    };
    const alike = Map.groupBy(letters, letter => [letter.queue, letter.reason, letter.detail, letter.connection, letter.account, letter.kind].join("\n"));
    this.body.replaceChildren(...[...alike].flatMap(([key, same]) =>
      same.length === 1 ? [this.lineOf(same[0])] : [this.lineOfMany(key, same, choicesOf(same)), ...(this.opened.has(key) ? same.map(letter => this.lineOf(letter)) : [])]));
    byId("letters").hidden = letters.length === 0;
    if (focused >= 0) this.focus(key, focused);
    const isFiltered = Object.values(filters).some(id => byId(id).value);
    const empty = byId("letters-empty");
    empty.hidden = letters.length > 0 && !hasMore && unreadable === 0;
    empty.textContent = letters.length === 0 ? (isFiltered ? "Nothing that waits matches." : "Nothing waits.")
      : [hasMore && "There are more: these are the oldest.", unreadable > 0 && `${count(unreadable, "message is", "messages are")} no letter that this relay can read.`].filter(Boolean).join(" ");
    for (const { path, label } of Object.values(verbs)) byId(`letters-${path}`).textContent = `${label} ${isFiltered ? "these" : "all"}`;
    // A button that hides loses the focus at once.
    const pressed = document.activeElement;
    byId("letters-release").hidden = !letters.some(letter => letter.queue === "throttled");
    byId("letters-redrive").hidden = !letters.some(letter => letter.queue === "rejected");
    if (pressed?.hidden) byId("letters-refresh").focus();
  }

  /** The keyboard stays at the same letter, or at the one that took its place. */
  focus(key, index) {
    const lines = [...this.body.rows];
    const line = lines.find(({ dataset }) => dataset.key === key) ?? lines[Math.min(index, lines.length - 1)];
    (line?.querySelector("button") ?? byId("letters-refresh")).focus();
  }

  lineOf(letter) {
    const { label } = verbs[letter.queue];
    return element("tr", { role: "row", "data-key": `${letter.queue} ${letter.id} ${letter.firstFailureAt} ${letter.attempts}` },
      element("td", { role: "cell" }, element("span", { class: "state", "data-state": letter.queue, text: letter.reason })),
      element("td", { role: "cell", class: "wide", text: letter.detail }),
      element("td", { role: "cell" }, letter.kind ? element("a", { href: `#event=${letter.id}`, text: letter.kind }) : "rows", `, ${letter.connection} to ${letter.account}`),
      element("td", { role: "cell", text: letter.emails?.join(", ") ?? "all of the customer's" }),
      element("td", { role: "cell", text: letter.dueAt ? `at ${dateTime(letter.dueAt)}, ${count(letter.attempts, "try", "tries")} so far` : `when redriven, ${count(letter.attempts, "try", "tries")} so far` }),
      element("td", { role: "cell", class: "right" }, element("button", {
        type: "button", text: label, "aria-label": `${label} the event ${letter.kind ?? "rows"} of ${letter.connection}, ${letter.reason}`,
        onclick: event => this.settle(event.currentTarget, letter.queue, [{ id: letter.id }]),
      })));
  }

  lineOfMany(key, letters, choices) {
    const [{ queue, reason, detail, kind, connection, account }] = letters;
    const { label } = verbs[queue];
    const due = letters.map(letter => letter.dueAt).filter(Boolean).sort()[0];
    const isOpen = this.opened.has(key);
    return element("tr", { role: "row", "data-key": key, class: "many" },
      element("td", { role: "cell" }, element("span", { class: "state", "data-state": queue, text: reason })),
      element("td", { role: "cell", class: "wide", text: detail }),
      element("td", { role: "cell", text: `${count(letters.length, "letter")}: ${kind ?? "rows"}, ${connection} to ${account}` }),
      element("td", { role: "cell" }, element("button", {
        type: "button", text: isOpen ? "Hide" : "Show all", "aria-expanded": `${isOpen}`, "aria-label": `${isOpen ? "Hide" : "Show all"} the ${count(letters.length, "letter")} of ${connection} with ${reason}`,
        onclick: () => { if (!this.opened.delete(key)) this.opened.add(key); this.read(); },
      })),
      element("td", { role: "cell", text: due ? `from ${dateTime(due)} on` : "when redriven" }),
      element("td", { role: "cell", class: "right" }, element("button", {
        type: "button", text: `${label} ${letters.length}`, "aria-label": `${label} ${count(letters.length, "letter")} of ${connection} with ${reason}`,
        onclick: event => this.settle(event.currentTarget, queue, choices),
      })));
  }

  async settleShown(button, queue) {
    const choice = Object.fromEntries(["reason", "connection", "account"].map(name => [name, byId(filters[name]).value || null]));
    const which = [choice.reason && `with reason ${choice.reason}`, choice.connection && `of ${choice.connection}`, choice.account && `for ${choice.account}`].filter(Boolean).join(", ");
    const { label } = verbs[queue];
    if (await confirmed(`${label} every ${queue} letter?`, which ? `All ${which}.` : "All of them, whatever the reason.", `${label} all`)) {
      await this.settle(button, queue, [choice]);
    }
  }

  settle(button, queue, choices) {
    const { path, done } = verbs[queue];
    return act(button, this.said, async () => {
      let settled = 0;
      for (const choice of choices) settled += (await post(`dead-letters/${path}`, choice)).count;
      await this.read();
      return settled === 0 ? "None was found: the relay has taken them by now." : `${done}: ${count(settled, "letter")}.`;
    });
  }
}
