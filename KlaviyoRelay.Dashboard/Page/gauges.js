import { byId, element, setText } from "./dom.js";
import { number, dateTime } from "./format.js";

const shown = new Map();
const groups = new Map();

const spanOf = window => window.seconds === 1 ? "a second" : window.seconds === 60 ? "a minute" : `${window.seconds} seconds`;

/** The windows of one endpoint stand together. */
function groupOf({ account, endpoint }) {
  const name = `${account}, ${endpoint}`;
  if (!groups.has(name)) {
    groups.set(name, element("div", { class: "use" }, element("p", {}, element("b", { text: endpoint }), ` of ${account}`)));
    byId("gauges").append(groups.get(name));
  }
  return groups.get(name);
}

function gaugeOf(use, window) {
  const name = `${use.account}, ${use.endpoint}, ${spanOf(window)}`;
  if (!shown.has(name)) {
    const bar = element("div", { class: "bar", role: "meter", "aria-label": name, "aria-valuemin": "0" }, element("div"));
    const value = element("span", { class: "value" });
    groupOf(use).append(element("div", { class: "gauge" }, element("span", { text: spanOf(window) }), value, bar));
    shown.set(name, { bar, value });
  }
  return shown.get(name);
}

export function showGauges(rates) {
  for (const use of rates) {
    for (const window of use.windows) {
      const { bar, value } = gaugeOf(use, window);
      bar.setAttribute("aria-valuemax", window.limit);
      bar.setAttribute("aria-valuenow", Math.min(window.used, window.limit));
      bar.firstChild.style.width = `${Math.min(100, 100 * window.used / window.limit)}%`;
      bar.classList.toggle("full", use.pausedUntil !== null || window.used >= window.limit);
      const said = `${number(window.used)} of ${number(window.limit)}${use.pausedUntil ? `, paused until ${dateTime(use.pausedUntil)}` : ""}`;
      bar.setAttribute("aria-valuetext", said);
      setText(value, said);
    }
  }
}
