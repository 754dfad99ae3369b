// The page of the audit: what would mail a customer in conversation, and what did.

import { get, post } from "./api.js";
import { act, addOptions, byId, element, setText } from "./dom.js";
import { count, number } from "./format.js";
import "./shell.js";

const verdicts = { unprotected: "unprotected", unknown: "unknown", "by-our-own-events": "by our own events", "transactional-only": "transactional only", protected: "protected" };
const natures = { marketing: "marketing", "by-our-own-events": "by our own events", transactional: "transactional" };
const kinds = { flow: "flow", email: "email campaign", sms: "SMS campaign", mobile_push: "push campaign", campaign: "campaign" };

const isDone = item => item.verdict === "protected" || item.verdict === "transactional-only";
const account = () => byId("account").value;

/** A cell that says on a phone, where there is no head, what it is. */
const cell = (label, text) => element("td", { role: "cell", "data-label": label, text });

function showItem(item) {
  return element("li", { "data-verdict": item.verdict },
    element("p", { class: "name" }, item.name, element("span", { class: "verdict", text: `${kinds[item.kind] ?? item.kind}, ${verdicts[item.verdict]}` })),
    element("p", {}, ...(item.messages.length > 0 ? [element("b", { text: item.messages.join(", ") }), ": "] : []), item.reason),
    ...(item.fix ? [element("p", { class: "fix", text: item.fix })] : []));
}

function showAudit(report) {
  byId("totals").hidden = false;
  byId("totals").replaceChildren(...Object.entries(verdicts).map(([verdict, word]) => {
    const items = report.items.filter(item => item.verdict === verdict).length;
    return element("div", { "data-verdict": verdict, "data-none": items === 0 }, element("dt", { text: word }), element("dd", { text: number(items) }));
  }));
  const [open, closed] = [report.items.filter(item => !isDone(item)), report.items.filter(isDone)];
  byId("open").hidden = open.length === 0;
  byId("open-items").replaceChildren(...open.map(showItem));
  byId("closed").hidden = closed.length === 0;
  byId("closed-items").replaceChildren(...closed.map(item => element("tr", { role: "row" },
    element("td", { role: "cell", text: item.name }), cell("Kind", kinds[item.kind] ?? item.kind), cell("Verdict", verdicts[item.verdict]), element("td", { role: "cell", text: item.reason }))));
  const late = report.lateness;
  return [
    report.items.length === 0 ? "There is no flow that takes people in, and no scheduled campaign." : report.ok ? "Nothing is unprotected." : `${count(report.unprotected, "flow or campaign", "flows and campaigns")} unprotected.`,
    report.unread > 0 ? `There was no time for ${count(report.unread, "flow")}: use scripts/relay audit.` : "",
    late ? `Half of the events were in Klaviyo within ${late.p50} s of their webhook, 99 of 100 within ${late.p99} s (${number(late.events)} since the relay's start).` : "How late events are is not known: none was recorded since the relay's start.",
  ].filter(part => part).join(" ");
}

function showDays(days) {
  const most = Math.max(1, ...days.map(day => day.messages));
  byId("leak-days").replaceChildren(...days.map(({ day, messages }) => {
    const bar = element("span", { class: messages > 0 ? "bar" : "bar none", "aria-hidden": "true" });
    if (messages > 0) bar.style.height = `${Math.max(4, 80 * messages / most)}%`;
    return element("li", { title: `${day}: ${number(messages)}` }, element("span", { class: "quiet", text: `${day}: ${number(messages)}` }),
      ...(messages > 0 ? [element("span", { class: "value", "aria-hidden": "true", text: number(messages) })] : []), bar);
  }));
  setText(byId("leak-first"), days[0]?.day ?? "");
  setText(byId("leak-last"), days.at(-1)?.day ?? "");
}

function showLeaks(report) {
  byId("leaks-found").hidden = false;
  showDays(report.days);
  byId("leak-table").hidden = report.items.length === 0;
  byId("leak-items").replaceChildren(...report.items.map(item => element("tr", { role: "row" },
    element("td", { role: "cell", text: `${item.name} (${kinds[item.kind] ?? item.kind})` }),
    element("td", { role: "cell", text: item.message ?? "" }),
    element("td", { role: "cell", class: "nature", "data-nature": item.nature, text: natures[item.nature] }),
    cell("Messages", number(item.messages)), cell("Customers", number(item.profiles.length)))));
  return report.messages === 0
    ? `None did: ${count(report.conversations, "conversation")} began, ${count(report.sent, "message")} went out.`
    : `${count(report.messages, "marketing message")} to ${count(report.profiles, "customer")} in conversation. ${count(report.conversations, "conversation")} began, ${count(report.sent, "message")} went out.`;
}

function on(name, saying, run) {
  byId(name).addEventListener("click", event => act(event.currentTarget, byId(`${name}-said`), () => {
    byId(`${name}-said`).textContent = saying;
    return run();
  }));
}

on("audit", "Reading flows and campaigns…", async () => showAudit(await post("audit", { account: account() })));
on("leaks", "Reading events…", async () => showLeaks(await post("leaks", { account: account(), days: Number(byId("days").value) })));

const { accounts } = await get("accounts");
addOptions(byId("account"), accounts);
