// Brings the parts together: what the relay is set up with, once; then what happens, from the stream.

import { get } from "./api.js";
import { byId, setText } from "./dom.js";
import { showFlow } from "./flow.js";
import { Charts } from "./charts.js";
import { showGauges } from "./gauges.js";
import { EventList } from "./events.js";
import { LetterList } from "./letters.js";
import { TryPanel } from "./try.js";
import { CheckPanel } from "./checks.js";

let startedAt;
const charts = new Charts();
const events = new EventList();
const letters = new LetterList();
const tryPanel = new TryPanel();
const checks = new CheckPanel();

async function begin() {
  const setup = await get("setup");
  setText(byId("target"), setup.simulator ? `to the simulated Klaviyo at ${setup.simulator}` : `to ${setup.klaviyo}`);
  events.begin(setup);
  letters.begin(setup);
  tryPanel.begin(setup);
  checks.begin(setup);
}

function live(state, text) {
  byId("live").dataset.state = state;
  setText(byId("live"), text);
}

function follow() {
  const stream = new EventSource("/dashboard/stream");
  const on = (type, handler) => stream.addEventListener(type, message => handler(JSON.parse(message.data)));
  on("history", history => {
    // A relay that was started anew knows neither this page's token nor what is on it.
    startedAt ??= history.startedAt;
    if (startedAt !== history.startedAt) location.reload();
    charts.begin(history.points);
  });
  on("events", rows => {
    events.change(rows);
    // What was sent again and came back at once has not changed the queues' lengths.
    if (rows.some(row => row.state === "throttled" || row.state === "rejected")) letters.read();
  });
  on("tick", tick => {
    showFlow(tick.flow);
    showGauges(tick.rates);
    charts.add(tick.points, tick.now);
    tryPanel.showFaults(tick.faults);
    letters.counted(tick.flow.throttled, tick.flow.rejected);
    // Not before: with the first of these everything is there that is remembered.
    live("live", "Live");
  });
  stream.addEventListener("error", () => {
    live("lost", "Reconnecting");
    // Refused, and not only interrupted: the browser does not try again by itself.
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, 2000);
  });
}

begin().then(follow, error => {
  live("lost", error.message);
  setTimeout(() => location.reload(), 3000);
});
