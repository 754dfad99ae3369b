// Brings the parts together: what the relay is set up with, once; then what happens, from the stream.

import { showFlow } from "./flow.js";
import { Charts } from "./charts.js";
import { showGauges } from "./gauges.js";
import { EventList } from "./events.js";
import { EventView } from "./event.js";
import { LetterList } from "./letters.js";
import { RefusedList } from "./refused.js";
import { HeldPanel } from "./held.js";
import { setup } from "./shell.js";
import { TryPanel } from "./try.js";
import { CheckPanel } from "./checks.js";
import { follow } from "./stream.js";

const RUNS_EVERY = 10;

let startedAt;
let ticks = 0;
const charts = new Charts();
const events = new EventList();
const view = new EventView();
const letters = new LetterList();
const refused = new RefusedList();
const held = new HeldPanel();
const tryPanel = new TryPanel();
const checks = new CheckPanel();

for (const part of [events, letters, held, tryPanel, checks]) part.begin(setup);
view.begin();
follow({
  history: history => {
    // A relay that was started anew knows neither this page's token nor what is on it.
    startedAt ??= history.startedAt;
    if (startedAt !== history.startedAt) location.reload();
    charts.begin(history.points, history.startedAt);
  },
  events: rows => {
    events.change(rows);
    view.changed(rows);
    // What was sent again and came back at once has not changed the queues' lengths.
    if (rows.some(row => row.state === "throttled" || row.state === "rejected")) letters.read();
  },
  tick: tick => {
    showFlow(tick.flow);
    showGauges(tick.rates);
    charts.add(tick.points, tick.now);
    tryPanel.showFaults(tick.faults);
    letters.counted(tick.flow.throttled, tick.flow.rejected);
    refused.counted(tick.flow.webhooks.refused);
    if (ticks++ % RUNS_EVERY === 0) events.readRuns();
  },
});
