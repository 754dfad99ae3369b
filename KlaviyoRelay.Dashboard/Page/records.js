// The page of records: how far runs of rows are, what was rejected, and an upload with a preview.

import { keepInAddress, named, unname } from "./address.js";
import { get, postBody } from "./api.js";
import { act, addOptions, byId, element, setText } from "./dom.js";
import { count, dateTime, duration, number } from "./format.js";
import { setup } from "./shell.js";

const EVERY = 3000;

const buckets = { loaded: "loaded", acceptedWithoutResult: "accepted without result", held: "held", rejected: "rejected", superseded: "superseded", unchanged: "unchanged" };
const words = { reading: "being read", sending: "being sent", ended: "ended" };

let syncs = [];
let runs = [];
let open = null;

const cell = (label, text) => element("td", { role: "cell", "data-label": label, text });

/** Every row is in one bucket, so they add up to what was read. */
function bucketsOf(rows) {
  const filled = Object.entries(buckets).filter(([bucket]) => rows[bucket] > 0);
  const sum = filled.reduce((total, [bucket]) => total + rows[bucket], 0);
  return [
    element("div", { class: "stack", "aria-hidden": "true" }, ...filled.map(([bucket]) => {
      const part = element("div", { "data-bucket": bucket });
      part.style.flexGrow = rows[bucket];
      return part;
    })),
    element("p", { class: "sum" }, element("b", { text: `${number(rows.read)} read` }), filled.length > 0 ? " = " : "",
      ...filled.flatMap(([bucket, word], index) => [index > 0 ? " + " : "", element("span", { "data-bucket": bucket, text: `${number(rows[bucket])} ${word}` })]),
      ...(sum === rows.read ? [] : [` (and ${number(rows.read - sum)} being read now)`])),
  ];
}

function lineOf(run) {
  return element("li", { "data-run": run.run },
    element("p", { class: "top" },
      element("a", { href: `#run=${encodeURIComponent(run.sync)}/${run.run}`, text: `${run.sync}, to ${run.account}` }),
      element("span", { class: "state", "data-state": run.status, text: words[run.status] }),
      run.endedAt ? element("span", { class: "note", text: `in ${duration(Date.parse(run.endedAt) - Date.parse(run.acceptedAt))}` }) : "",
      element("time", { datetime: run.acceptedAt, text: dateTime(run.acceptedAt) })),
    ...bucketsOf(run.rows));
}

function draw() {
  const [sync, status] = [byId("runs-sync").value, byId("runs-status").value];
  const wanted = runs.filter(run => (!sync || run.sync === sync) && (!status || run.status === status));
  const focused = document.activeElement?.closest?.("[data-run]")?.dataset.run;
  byId("runs").replaceChildren(...wanted.map(lineOf));
  if (focused) document.querySelector(`[data-run="${CSS.escape(focused)}"] a`)?.focus();
  byId("runs-empty").hidden = wanted.length > 0;
  setText(byId("runs-empty"), syncs.length === 0 ? "No sync is set up. Add one to the settings first: docs/records.md shows one of five lines."
    : runs.length > 0 ? "No run matches." : "No run yet. Upload a file above, or post rows to /api/records/ and the sync's name.");
}

async function read() {
  const found = await get("runs");
  runs = found.runs;
  draw();
  return found.syncs;
}

async function follow() {
  const name = named("run");
  if (name === open) return;
  open = name;
  if (open === null) {
    byId("run").close();
    return;
  }
  await fill();
  if (open === name && !byId("run").open) byId("run").showModal();
}

async function fill() {
  const name = open;
  try {
    const { run, lines, total } = await get(`runs/${name.split("/").map(encodeURIComponent).join("/")}`);
    if (open !== name) return;
    byId("run-title").textContent = `${run.sync}, to ${run.account}`;
    byId("run-summary").textContent = `Run ${run.run}: ${words[run.status]}, accepted ${dateTime(run.acceptedAt)}${run.endedAt ? `, ended ${dateTime(run.endedAt)}` : ""}, ${count(run.parts, "part")}.`;
    byId("run-buckets").replaceChildren(...bucketsOf(run.rows));
    byId("run-notes").replaceChildren(...run.notes.map(note => element("li", { text: note })));
    byId("lines").hidden = lines.length === 0;
    byId("lines").tBodies[0].replaceChildren(...lines.map(line => element("tr", { role: "row" },
      cell("row", run.parts > 1 ? `${line.row} of part ${line.part}` : `${line.row}`), cell("of", line.who ?? ""), cell("column", line.column ?? ""),
      element("td", { role: "cell" }, element("span", { class: "state", "data-state": line.outcome === "rejected" ? "rejected" : "throttled", text: line.reason ?? line.outcome }), ` ${line.detail}`))));
    setText(byId("lines-note"), run.status !== "ended" ? "What is said of single rows is here when the run has ended."
      : total === 0 ? "Nothing is said of single rows."
      : `${total > lines.length ? `The first ${lines.length} of ${number(total)}. ` : ""}In whole: scripts/relay sync results ${run.sync} --run ${run.run}`);
  } catch (error) {
    byId("run-title").textContent = "No such run";
    byId("run-summary").textContent = error.message;
    for (const part of ["run-buckets", "run-notes", "lines-note"]) byId(part).replaceChildren();
    byId("lines").hidden = true;
  }
}

/** The file as the relay takes it: its name says how it is written. */
function chosen() {
  const file = byId("file").files[0];
  if (!file) throw new Error("Choose a file first.");
  const name = file.name.toLowerCase();
  const isGzip = name.endsWith(".gz");
  return { file, type: (isGzip ? name.slice(0, -3) : name).endsWith(".csv") ? "text/csv" : "application/x-ndjson", encoding: isGzip ? "gzip" : null };
}

const send = path => {
  const { file, type, encoding } = chosen();
  return postBody(`rows/${encodeURIComponent(byId("sync").value)}${path}`, file, type, encoding);
};

async function preview() {
  byId("previewed").hidden = true;
  const { rows } = await send("/preview");
  byId("previewed").hidden = rows.length === 0;
  byId("previewed").tBodies[0].replaceChildren(...rows.map(row => element("tr", { role: "row" },
    cell("row", `${row.row}`), element("td", { role: "cell", text: row.who ?? "–" }),
    element("td", { role: "cell" }, row.rejected ? element("span", { class: "state", "data-state": "rejected", text: row.rejected }) : row.members.join(", ") || "leaves the list",
      ...row.warnings.map(warning => element("p", { class: "note", text: `Warning: ${warning}` }))))));
  const good = rows.filter(row => !row.rejected).length;
  return `${good} of the first ${count(rows.length, "row")} would be sent. Nothing was sent.`;
}

async function upload() {
  const { sync, run } = await send("");
  byId("previewed").hidden = true;
  await read();
  location.hash = `run=${encodeURIComponent(sync)}/${run}`;
  return "The relay has the rows: its run is below.";
}

function noteSync() {
  const sync = syncs.find(one => one.name === byId("sync").value);
  setText(byId("sync-note"), sync ? `${sync.makes}${sync.target ? ` (${sync.target})` : ""}, account ${sync.account}. Columns: ${sync.columns.join(", ")}.` : "");
}

syncs = await read().catch(error => {
  byId("runs-said").classList.add("bad");
  setText(byId("runs-said"), error.message);
  return setup.syncs.map(name => ({ name, takesRows: false, columns: [] }));
});
draw();
addOptions(byId("runs-sync"), syncs.map(sync => sync.name));
addOptions(byId("sync"), syncs.filter(sync => sync.takesRows).map(sync => sync.name));
byId("upload").hidden = byId("sync").options.length === 0;
noteSync();
byId("sync").addEventListener("change", noteSync);
keepInAddress({ sync: byId("runs-sync"), status: byId("runs-status") }, draw);
draw();
byId("preview").addEventListener("click", event => act(event.currentTarget, byId("upload-said"), preview));
byId("rows").addEventListener("submit", event => {
  event.preventDefault();
  return act(byId("send"), byId("upload-said"), upload);
});
byId("run-close").addEventListener("click", () => byId("run").close());
byId("run").addEventListener("close", () => { open = null; if (named("run") !== null) unname(); });
addEventListener("hashchange", follow);
await follow();

// Only while somebody looks, and something moves or may have come.
setInterval(async () => {
  if (document.hidden || syncs.length === 0) return;
  try {
    await read();
    if (open !== null) await fill();
  } catch {
    // The next time, perhaps.
  }
}, EVERY);
