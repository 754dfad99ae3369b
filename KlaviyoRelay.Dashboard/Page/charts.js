import { byId, element, setText } from "./dom.js";
import { duration, rate } from "./format.js";

const SECONDS = 900;
const WIDTH = 600;
const HEIGHT = 160;

const RATES = [["accepted", "accepted"], ["delivered", "delivered"], ["throttled", "throttled"]];
const LATENCIES = [["p50", "p50"], ["p95", "p95"], ["p99", "p99"]];

const sum = (points, key) => points.reduce((total, point) => total + point[key], 0);

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
      const steps = all[index].map(({ t, value }) => `${(WIDTH * (t - now + SECONDS) / SECONDS).toFixed(1)} ${(HEIGHT - 4 - (HEIGHT - 8) * value / most).toFixed(1)}`);
      line.path.setAttribute("d", steps.length > 1 ? `M${steps.join("L")}` : "");
      setText(line.value, words(line.key));
    });
  }
}

/** Both charts, from one list of seconds. Seconds in which nothing happened are not in it. */
export class Charts {
  points = [];
  rates = new Chart("rates", RATES, value => `${rate(value)}/s`);
  latency = new Chart("latency", LATENCIES, duration);

  begin(points) {
    this.points = points;
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
    this.rates.draw(key => this.withZeros(key), now, key => lastMinute(key));
    const fresh = last && last.t > now - 5 ? last : null;
    this.latency.draw(key => this.points.filter(point => point[key] !== null).map(point => ({ t: point.t, value: point[key] })), now, key => duration(fresh?.[key]));
    setText(this.rates.text, `In the last minute ${RATES.map(([key, label]) => `${lastMinute(key)} ${label}`).join(", ")}.`);
    setText(this.latency.text, fresh?.p50 ? `Over the last minute ${LATENCIES.map(([key]) => `${key} ${duration(fresh[key])}`).join(", ")}.` : "Nothing was delivered in the last minute.");
  }

  /** Lines go down to zero where seconds are missing. */
  withZeros(key) {
    const steps = [];
    let before = null;
    for (const { t, [key]: value } of this.points) {
      if (before !== null && t - before > 1) steps.push({ t: before + 1, value: 0 }, { t: t - 1, value: 0 });
      steps.push({ t, value });
      before = t;
    }
    return steps;
  }
}
