import { byId, element, setText } from "./dom.js";
import { number, time } from "./format.js";

const shown = new Map();

function gaugeOf(use, window) {
  const name = `${use.account}, ${use.endpoint}, ${window.seconds === 1 ? "a second" : "a minute"}`;
  if (!shown.has(name)) {
    const bar = element("div", { class: "bar", role: "meter", "aria-label": name, "aria-valuemin": "0" }, element("div"));
    const value = element("span", { class: "value" });
    byId("gauges").append(element("div", { class: "gauge" }, element("span", { text: name }), bar, value));
    shown.set(name, { bar, value });
  }
  return shown.get(name);
}

export function showGauges(rates) {
  for (const use of rates) {
    for (const window of use.windows) {
      const { bar, value } = gaugeOf(use, window);
      bar.setAttribute("aria-valuemax", window.limit);
      bar.setAttribute("aria-valuenow", window.used);
      bar.firstChild.style.width = `${Math.min(100, 100 * window.used / window.limit)}%`;
      bar.classList.toggle("full", use.pausedUntil !== null || window.used >= window.limit);
      setText(value, `${number(window.used)} of ${number(window.limit)}${use.pausedUntil ? `, paused until ${time(use.pausedUntil)}` : ""}`);
    }
  }
}
