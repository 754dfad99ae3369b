import assert from "node:assert/strict";
import { mock, test } from "node:test";
import "./browser.mjs";
import { Charts } from "./charts.js";
import { follow } from "./stream.js";

const NOW = "2026-01-15T14:15:00Z";
const now = Date.parse(NOW) / 1000;

const point = (ago, latency, accepted = 1) => ({ t: now - ago, accepted, delivered: accepted, throttled: 0, rejected: 0, p50: latency, p95: latency, p99: latency });

const pathOf = (chart, series) => document.getElementById(`chart-${chart}`).children.find(line => line.attributes.class === `line ${series}`).attributes.d;

/** How many lines a path draws, each with as many points as it has. */
const linesOf = path => path.split("M").slice(1).map(line => line.split("L").length);

test("the page says within 3 s that there is no news, dims the flow, and is live again with the next news", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  follow({});
  const [live, stream] = [document.getElementById("live"), EventSource.opened];
  stream.say("tick", { now: "2026-01-15T14:02:11Z" });
  mock.timers.tick(2000);
  assert.equal(live.textContent, "Live");

  mock.timers.tick(1000);
  assert.equal(live.textContent, "No news since 2026-01-15 14:02:11Z");
  assert.ok(document.body.classes.has("stale"));

  stream.say("tick", { now: "2026-01-15T14:02:14Z" });
  assert.equal(live.textContent, "Live");
  assert.ok(!document.body.classes.has("stale"));
  mock.timers.reset();
});

const charts = new Charts();
charts.begin([], new Date((now - 600) * 1000).toISOString());
charts.add([point(300, 40), point(299, 50), point(298, null), point(297, null, 0), point(100, 70), point(99, 80), point(98, 90), point(20, 10)], NOW);

test("the line of the latencies breaks where nothing was delivered", () => {
  for (const series of ["p50", "p95", "p99"]) assert.deepEqual(linesOf(pathOf("latency", series)), [2, 3, 1]);
});

test("the line of the rates begins with the relay's start and is zero where nothing came", () => {
  const path = pathOf("rates", "accepted");
  assert.equal(linesOf(path).length, 1);
  // 600 s of 900 s before the right end.
  assert.ok(path.startsWith("M200.0 "), path);
  const heightAt = ago => path.split(/[ML]/).find(step => step.startsWith(`${(600 * (900 - ago) / 900).toFixed(1)} `)).split(" ")[1];
  assert.equal(heightAt(101), "156.0");
  assert.equal(heightAt(100), "4.0");
});

test("without any data there is no line of latencies", () => {
  charts.begin([], new Date((now - 600) * 1000).toISOString());
  charts.add([], NOW);
  assert.equal(pathOf("latency", "p50"), "");
});
