// Makes the card's blocks of the relay's answer: one for each account, in it one for each profile.

import { element, folded, link } from "./dom.js";
import { ageOf, channelOf, dateOf, hidesProfiles, partOf, problemOf, verdictOf } from "./words.js";

const few = 5;
const fewer = 3;

/** The whole answer. */
export function insightBlocks({ accounts }, now) {
  return accounts.length === 0 ? [note("No Klaviyo account belongs to this connection.")] : accounts.map(account => accountBlock(account, now));
}

export function problemBlock({ status, detail }) {
  const [title, advice] = problemOf(status);
  return element("section", { class: "problem", role: "alert" }, element("h2", { text: title }), element("p", { text: advice }), detail ? note(detail) : null);
}

export const waitingBlock = () => note("Asking Klaviyo…");

function accountBlock(account, now) {
  const { profiles, missing } = account;
  const name = account.name ?? account.account;
  const several = profiles.length > 1;
  return element("section", { class: "account", "aria-label": name },
    element("h2", { text: name }),
    ...missing.map(missingLine),
    profiles.length === 0 && !hidesProfiles(account) ? note("Klaviyo has no profile of this customer here. It has sent no messages to their addresses.") : null,
    several ? note(`Klaviyo has ${profiles.length} profiles of this customer. The one with the latest event is first.`) : null,
    ...profiles.map((profile, index) => profileBlock(profile, name, several ? `Profile ${index + 1} of ${profiles.length}` : null, now)));
}

function profileBlock(profile, account, title, now) {
  const missing = new Map(profile.missing.map(one => [one.part, one]));
  const part = (name, heading, entries, most, none) => listPart(heading, entries, missing.get(name), most, none);
  return element("article", { "aria-label": title ?? `Profile in ${account}` },
    title ? element("h3", { text: title }) : null,
    missing.has("profile") ? missingLine(missing.get("profile")) : null,
    consentPart(profile),
    ...profile.inConversation.map(flagLine),
    element("p", { class: "profile" }, link("Open the profile", profile.link), ` in ${account}`),
    part("messages", "Campaigns and flow messages", profile.messages?.map(one => messageLine(one, account)), few, "None was received."),
    part("lists", "Lists", profile.lists?.map(nameLine), few, "In no list."),
    part("segments", "Segments", profile.segments?.map(nameLine), few, "In no segment."),
    part("conversations", "Conversations, as Klaviyo knows them", profile.conversations?.map(conversationLine), fewer, "None is known."),
    ageLine(profile, now));
}

function consentPart({ consent, suppressions }) {
  return element("div", { class: "part" },
    element("h4", { text: "May we mail them?" }),
    consent?.length ? element("dl", {}, ...consent.map(one => consentLine(one, suppressions ?? []))) : note("Klaviyo has no consent of this customer."));
}

function consentLine(consent, suppressions) {
  const { may, word, why } = verdictOf(consent, suppressions);
  return element("div", { "data-may": may }, element("dt", { text: channelOf(consent.channel) }), element("dd", {}, element("b", { text: word }), element("span", { text: ` ${why}` })));
}

function flagLine({ property, value }) {
  const text = value === true ? "In a conversation now" : value === false ? "In no conversation now" : "In a conversation: not known";
  return element("p", { class: "flag", "data-value": `${value}` }, element("b", { text }), element("span", { class: "note", text: ` “${property}” in Klaviyo` }));
}

function listPart(heading, entries, missing, most, none) {
  const count = entries?.length ? element("span", { class: "count", text: ` ${entries.length}` }) : null;
  return element("div", { class: "part" },
    element("h4", {}, heading, count),
    !entries ? missing ? missingLine(missing) : note("Not known.") : entries.length === 0 ? note(none) : folded(entries, most));
}

function messageLine({ kind, channel, name, subject, link: address, receivedAt, openedAt, clickedAt }) {
  const steps = [`Received ${dateOf(receivedAt)}`, openedAt ? `opened ${dateOf(openedAt)}` : channel === "email" ? "not opened" : null, clickedAt ? `clicked ${dateOf(clickedAt)}` : "not clicked"];
  return element("li", { class: "message" },
    element("div", {}, link(name ?? subject ?? "Without a name", address), element("span", { class: "tag", text: `${kind === "flow" ? "Flow" : "Campaign"}, ${channelOf(channel)}` })),
    subject && subject !== name ? element("div", { class: "subject", text: subject }) : null,
    element("div", { class: "note", text: steps.filter(step => step).join(", ") }));
}

function nameLine({ name, link: address }) {
  return element("li", {}, link(name, address));
}

function conversationLine({ event, at }) {
  return element("li", {}, element("span", { text: event }), element("span", { class: "note", text: ` ${dateOf(at)}` }));
}

function missingLine({ part, why, askAgainAfterSeconds }) {
  // Where asking again makes no sense, the relay says no time.
  const wait = element("span", { text: askAgainAfterSeconds ? ` Ask again in ${askAgainAfterSeconds} s.` : "" });
  if (askAgainAfterSeconds) setTimeout(() => { wait.textContent = " Ask again now."; }, askAgainAfterSeconds * 1000);
  return element("p", { class: "missing", "data-part": part }, element("b", { text: `${partOf(part)} could not be read.` }), ` ${why}`, wait);
}

function ageLine({ asOf, isStale }, now) {
  return element("p", { class: "age note" },
    element("time", { datetime: asOf, text: `As of ${ageOf(asOf, now)}.` }),
    isStale ? element("span", { class: "stale", text: "Stale" }) : null,
    isStale ? " Ask again for a newer state." : null);
}

function note(text) {
  return element("p", { class: "note", text });
}
