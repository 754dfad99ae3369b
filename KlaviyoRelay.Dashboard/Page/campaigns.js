// The page of the campaigns: which there are, what can be done with them, and how they did.

import { get, post } from "./api.js";
import { confirmed } from "./confirm.js";
import { act, addOptions, byId, element, setText } from "./dom.js";
import { dateTime, number } from "./format.js";
import { setup } from "./shell.js";

const timeframes = { last_7_days: "7 days", last_30_days: "30 days", last_90_days: "90 days", this_month: "this month", last_month: "last month", last_12_months: "12 months" };
const bars = [["Opened", "opens_unique"], ["Clicked", "clicks_unique"], ["Converted", "conversions"]];

const verbs = {
  schedule: { label: "Schedule", of: ["draft"], done: "is scheduled" },
  revert: { label: "Back to draft", of: ["scheduled"], done: "is a draft again" },
  cancel: { label: "Cancel", of: ["scheduled", "sending"], done: "is cancelled" },
};

let shown = [];
// A campaign of the simulator has no page in Klaviyo.
const isSimulated = setup.simulator !== null;

const account = () => byId("account").value;
const query = more => new URLSearchParams({ account: account(), ...more });
const names = audiences => audiences.map(audience => audience.name).join(", ");

const goesOut = campaign => !campaign.sendAt ? "no time"
  : campaign.inRecipientTimezone ? `${dateTime(campaign.sendAt).slice(0, 16)} on each recipient's clock`
  : dateTime(campaign.sendAt);

function recipientsOf(recipients) {
  const leftOut = recipients.inConversation === null ? "" : `, without ${number(recipients.inConversation)} in conversation`;
  return recipients.after === null ? "Klaviyo does not tell"
    : recipients.isEstimated ? `${number(recipients.after)} by Klaviyo's estimate${leftOut}`
    : `at most ${number(recipients.after)}, as many as are in the audience${leftOut}`;
}

const cell = (label, ...children) => element("td", { role: "cell", "data-label": label }, ...children);

function lineOf(campaign) {
  const button = (label, run) => element("button", { type: "button", text: label, "aria-label": `${label}: ${campaign.name}`, onclick: event => act(event.currentTarget, byId("campaigns-said"), run) });
  return element("tr", { role: "row", "data-campaign": campaign.id },
    element("td", { role: "cell", class: "name", tabindex: "-1" }, isSimulated ? campaign.name : element("a", { href: campaign.link, target: "_blank", rel: "noopener noreferrer", text: campaign.name })),
    element("td", { role: "cell" }, element("span", { class: "state", "data-state": campaign.status, title: campaign.klaviyoStatus, text: campaign.status })),
    cell("goes out", goesOut(campaign)),
    cell("to", names(campaign.included), ...(campaign.excluded.length > 0 ? [element("span", { class: "left-out", text: `not to ${names(campaign.excluded)}` })] : [])),
    element("td", { role: "cell" }, campaign.recipients ? recipientsOf(campaign.recipients) : button("How many", () => estimate(campaign))),
    element("td", { role: "cell", class: "right" }, ...Object.entries(verbs).filter(([, verb]) => verb.of.includes(campaign.status)).map(([goal, { label }]) => button(label, () => bring(campaign, goal)))));
}

function draw() {
  const status = byId("status").value;
  const wanted = shown.filter(campaign => !status || campaign.status === status);
  byId("campaigns").tBodies[0].replaceChildren(...wanted.map(lineOf));
  byId("campaigns").hidden = wanted.length === 0;
  byId("campaigns-empty").hidden = wanted.length > 0;
  setText(byId("campaigns-empty"), shown.length > 0 ? "No campaign has this status." : "No campaign yet. Make a draft below, or with scripts/relay campaigns create.");
}

/** Puts a campaign in its place, or on top when it is new. The keyboard stays in its line. */
function change(campaign) {
  const isThere = shown.some(one => one.id === campaign.id);
  shown = isThere ? shown.map(one => one.id === campaign.id ? { ...campaign, recipients: campaign.recipients ?? one.recipients } : one) : [campaign, ...shown];
  draw();
  document.querySelector(`[data-campaign="${CSS.escape(campaign.id)}"] .name`)?.focus();
}

async function read() {
  shown = (await get(`campaigns?${query()}`)).campaigns;
  draw();
}

async function estimate(campaign) {
  byId("campaigns-said").textContent = "Asking Klaviyo. Its estimate takes a few seconds…";
  const found = await get(`campaigns/${encodeURIComponent(campaign.id)}?${query()}`);
  change(found);
  return `${found.name}: ${recipientsOf(found.recipients)}.`;
}

async function bring(campaign, goal) {
  if (goal === "schedule" && !await confirmed("Schedule it?", `${campaign.name} goes out ${goesOut(campaign)} to ${names(campaign.included)}.`, "Schedule")) return "";
  if (goal === "cancel" && !await confirmed("Cancel it for good?", `${campaign.name} can't be scheduled again after that. To change it, make it a draft again.`, "Cancel it")) return "";
  const found = await post("campaigns/change", { account: account(), id: campaign.id, goal });
  change(found);
  return [`${found.name} ${verbs[goal].done}.`, ...found.warnings].join(" ");
}

function figuresOf({ name, values }) {
  const of = values.recipients;
  return element("li", {},
    element("h3", { text: name }),
    element("p", { class: "note", text: `${number(of)} recipients, ${number(values.unsubscribes)} unsubscribed, value ${number(values.conversion_value)}` }),
    element("dl", {}, ...bars.flatMap(([label, statistic]) => {
      const [value, share] = [values[statistic], of > 0 ? Math.min(1, (values[statistic] ?? 0) / of) : 0];
      const fill = element("div");
      fill.style.width = `${100 * share}%`;
      return [
        element("dt", { text: label }),
        element("dd", { class: "bar", "aria-hidden": "true" }, fill),
        element("dd", { class: "value", text: value === null || value === undefined ? "–" : `${number(value)} (${(100 * share).toFixed(1)} %)` }),
      ];
    })));
}

async function measure() {
  byId("measure-said").textContent = "Asking Klaviyo for a report…";
  const found = await get(`campaign-performance?${query({ timeframe: byId("timeframe").value })}`);
  byId("figures").replaceChildren(...found.campaigns.map(figuresOf));
  const asOf = `As of ${dateTime(found.asOf)}${found.isStale ? ", because Klaviyo's limit of reports is used up" : ""}. A conversion is an event of ${found.conversionMetric}.`;
  return found.campaigns.length === 0 ? `No campaign was sent in this time. ${asOf}` : asOf;
}

async function make(form) {
  const { name, to, at, subject, template, html } = Object.fromEntries(new FormData(form));
  byId("draft-said").textContent = "Making it…";
  const campaign = { name, audiences: { included: to ? [to] : [] }, sendAt: at ? `${at}Z` : null, subject, templateId: template || null, html: html || null };
  const made = await post("campaigns", { account: account(), campaign });
  change(made);
  return [`${made.name} is a draft${made.recipients ? `: ${recipientsOf(made.recipients)}` : ""}.`, ...made.warnings].join(" ");
}

async function choose(accounts) {
  const { whyNot } = accounts.find(one => one.name === account()) ?? { whyNot: "The relay has no account." };
  for (const id of ["performance", "make"]) byId(id).hidden = whyNot !== null;
  byId("refresh").hidden = whyNot !== null;
  byId("figures").replaceChildren();
  if (whyNot !== null) {
    shown = [];
    draw();
    setText(byId("campaigns-empty"), whyNot);
    return "";
  }
  await read();
  const { audiences } = await get(`audiences?${query()}`);
  byId("audiences").replaceChildren(...audiences.filter(audience => audience.isActive).map(audience => element("option", { value: audience.id, text: `${audience.name} (${audience.kind})` })));
  return "";
}

const { accounts } = await get("campaign-accounts");
addOptions(byId("account"), accounts.map(one => one.name));
byId("account").value = (accounts.find(one => one.whyNot === null) ?? accounts[0])?.name;
byId("timeframe").append(...Object.entries(timeframes).map(([value, text]) => element("option", { value, text, selected: value === "last_30_days" })));
byId("status").addEventListener("change", draw);
byId("account").addEventListener("change", () => act(byId("refresh"), byId("campaigns-said"), () => choose(accounts)));
byId("refresh").addEventListener("click", event => act(event.currentTarget, byId("campaigns-said"), read));
byId("measure").addEventListener("click", event => act(event.currentTarget, byId("measure-said"), measure));
byId("draft").addEventListener("submit", event => {
  event.preventDefault();
  return act(event.submitter, byId("draft-said"), () => make(event.target));
});
await act(byId("refresh"), byId("campaigns-said"), () => choose(accounts));
