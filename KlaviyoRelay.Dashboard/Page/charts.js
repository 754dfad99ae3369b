import { byId, element, setText } from "./dom.js";
import { duration, rate } from "./format.js";

const SECONDS = 900;
const WIDTH = 600;
const HEIGHT = 160;

const RATES = [["accepted", "accepted"], ["delivered", "delivered"], ["throttled", "throttled"]];
const LATENCIES = [["p50", "p50"], ["p95", "p95"], ["p99", "p99"]];

const sum = (points, key) => points.reduce((total, point) => total + point[key], 0);

/** Points of {t, value, isFirst}: a line begins where one is the first after a gap. */
const pathOf = (points, now, most) => points.map(({ t, value, isFirst }, index) =>
  `${index === 0 || isFirst ? "M" : "L"}${(WIDTH * (t - now + SECONDS) / SECONDS).toFixed(1)} ${(HEIGHT - 4 - (HEIGHT - 8) * value / most).toFixed(1)}`).join("");

class Chart {
  constructor(name, series, format) {
    this.svg = byId(`chart-${name}`);
    this.text = byId(`chart-${name}-text`);
    this.format = format;
    this.lines = series.map(([key, label]) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", `line ${key}`);
      this.svg.append(path);
      const value = element("b");
      byId(`legend-${name}`).append(element("li", { class: key }, `${label} `, value));
      return { key, label, path, value };
    });
    this.top = element("span", { class: "top" });
    this.svg.after(this.top);
  }

  /** Values by second: {t, value} of each series, and what to say in words. */
  draw(valuesOf, now, words) {
    const all = this.lines.map(line => valuesOf(line.key));
    const most = Math.max(1, ...all.flat().map(point => point.value));
    setText(this.top, this.format(most));
    this.lines.forEach((line, index) => {
      line.path.setAttribute("d", pathOf(all[index], now, most));
      setText(line.value, words(line.key));
    });
  }
}

/** Both charts, from one list of seconds. Seconds in which nothing happened are not in it. */
export class Charts {
  points = [];
  rates = new Chart("rates", RATES, value => `${rate(value)}/s`);
  latency = new Chart("latency", LATENCIES, duration);

  begin(points, startedAt) {
    this.points = points;
    this.startedAt = Math.ceil(Date.parse(startedAt) / 1000);
    this.draw(Date.now() / 1000);
  }

  add(points, nowIso) {
    this.points.push(...points);
    this.draw(Date.parse(nowIso) / 1000);
  }

  draw(now) {
    const first = now - SECONDS;
    this.points = this.points.filter(point => point.t > first);
    const last = this.points.at(-1);
    const minute = this.points.filter(point => point.t > now - 60);
    const lastMinute = key => `${sum(minute, key)}`;
    this.rates.draw(key => this.withZeros(key, now), now, key => lastMinute(key));
    const fresh = last && last.t > now - 5 ? last : null;
    this.latency.draw(key => this.withGaps(key), now, key => duration(fresh?.[key]));
    setText(this.rates.text, `In the last minute ${RATES.map(([key, label]) => `${lastMinute(key)} ${label}`).join(", ")}.`);
    setText(this.latency.text, fresh?.p50 ? `Over the last minute ${LATENCIES.map(([key]) => `${key} ${duration(fresh[key])}`).join(", ")}.` : "Nothing was delivered in the last minute.");
  }

  /** Seconds that are missing had no event: since the relay's start the rate was zero then, and before it there is none. */
  withZeros(key, now) {
    const steps = [];
    let before = Math.max(this.startedAt, Math.ceil(now) - SECONDS) - 1;
    for (const { t, [key]: value } of [...this.points, { t: Math.floor(now), [key]: 0 }]) {
      if (t - before > 1) steps.push({ t: before + 1, value: 0 }, { t: t - 1, value: 0 });
      steps.push({ t, value });
      before = t;
    }
    return steps;
  }

  /** Without a delivery in the minute before there is no latency, and no line. */
  withGaps(key) {
    const known = this.points.filter(point => point[key] !== null);
    return known.map((point, index) => ({ t: point.t, value: point[key], isFirst: index === 0 || point.t - known[index - 1].t > 1 }));
  }
}
