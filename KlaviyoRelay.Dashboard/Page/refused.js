import { get } from "./api.js";
import { byId, element } from "./dom.js";
import { dateTime, number } from "./format.js";

/** The webhooks that the relay refused, and what to do. */
export class RefusedList {
  seen = null;

  /** Read when their number changes, and not every second. */
  async counted(refused) {
    if (this.seen === refused) return;
    this.seen = refused;
    const rows = await get("refused").catch(() => []);
    byId("refused-body").replaceChildren(...rows.map(row => element("tr", { role: "row" },
      element("td", { role: "cell", class: "time" }, dateTime(row.times[0]), ...(row.count > 1 ? [element("details", {},
        element("summary", { text: `all ${number(row.count)}` }),
        element("ul", {}, ...row.times.map(time => element("li", { text: dateTime(time) })), ...(row.count > row.times.length ? [element("li", { text: `${number(row.count - row.times.length)} more before, which are not kept` })] : [])))] : [])),
      element("td", { role: "cell", text: row.connection ?? "unknown" }),
      element("td", { role: "cell", text: row.cause }),
      element("td", { role: "cell", text: row.fix }))));
    byId("refused").hidden = rows.length === 0;
    byId("refused-empty").hidden = rows.length > 0;
  }
}
