// What the relay's words mean, for an agent who has never seen Klaviyo.

const channels = { email: "Email", sms: "SMS", push: "Push" };
const parts = {
  profile: "The profile", account: "This account's name", lists: "Lists", segments: "Segments",
  messages: "Campaigns and flow messages", conversations: "Conversations",
};
const reasons = {
  UNSUBSCRIBE: "The customer unsubscribed",
  USER_SUPPRESSED: "Your team or an integration suppressed the address",
  HARD_BOUNCE: "The mailbox does not exist (hard bounce)",
  INVALID_EMAIL: "The address is not valid",
  SPAM_COMPLAINT: "The customer marked a mail as spam",
};
const dayOfThisYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayOfAnyYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

export const channelOf = name => channels[name] ?? name;
export const partOf = name => parts[name] ?? name;
const since = time => time ? ` on ${dateOf(time)}` : "";

export function dateOf(time) {
  const date = new Date(time);
  return (date.getFullYear() === new Date().getFullYear() ? dayOfThisYear : dayOfAnyYear).format(date);
}

/** Whether a channel may be used, and why: the first reason against it counts. */
export function verdictOf({ channel, status, canReceive, since: at }, suppressions) {
  const suppression = suppressions.find(one => one.channel === channel);
  if (suppression) return { may: "no", word: "No", why: `${reasons[suppression.reason] ?? `Klaviyo gives the reason ${suppression.reason}`}${since(suppression.since)}.` };
  if (status === "unsubscribed") return { may: "no", word: "No", why: `The customer unsubscribed${since(at)}.` };
  if (status === "subscribed" && canReceive) return { may: "yes", word: "Yes", why: `Subscribed${since(at)}.` };
  if (canReceive) return { may: "unsure", word: "No consent", why: "Never subscribed. Klaviyo does not block messages." };
  if (status === "subscribed") return { may: "no", word: "No", why: "Subscribed, but Klaviyo can't reach this channel." };
  return { may: "never", word: "No", why: "Never subscribed." };
}

/** Whether an account's profiles could not be read. Its name may be missing without them. */
export const hidesProfiles = account => account.missing.some(one => one.part !== "account");

/** The few words beside the card's title, which are seen while it is folded too. */
export function statusOf(accounts) {
  const profiles = accounts.flatMap(account => account.profiles);
  if (profiles.length === 0) return ["info", accounts.some(hidesProfiles) ? "Not known" : "Not in Klaviyo"];
  const mays = new Set(profiles.map(({ consent, suppressions }) => {
    const email = consent?.find(one => one.channel === "email");
    return email ? verdictOf(email, suppressions ?? []).may : "unsure";
  }));
  if (mays.size > 1) return ["info", "Differs by profile"];
  return mays.has("yes") ? ["info", "May be mailed"] : mays.has("no") ? ["danger", "Do not mail"] : ["info", "No consent"];
}

/** How long ago, in the largest unit that fits. */
export function ageOf(time, now) {
  const seconds = Math.max(0, (now - new Date(time)) / 1000);
  for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    const count = Math.floor(seconds / length);
    if (count > 0) return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }
  return "just now";
}

/** What went wrong, and what to do. The relay's own sentence follows where there is one. */
export function problemOf(status) {
  if (status === 401 || status === 403) return ["The relay refused this card.", "Tell an admin: the token in the app's settings in Kustomer is not the relay's."];
  if (status === 404) return ["The relay does not know this customer.", "If this happens with every customer, tell an admin: the card is not set up at the relay."];
  if (status === 429) return ["Too many cards are opened at the moment.", "Ask again in a minute."];
  if (status >= 500) return ["Klaviyo can't be asked at the moment.", "Ask again in a few minutes."];
  return ["The relay could not be asked.", "Ask again. If it goes on, tell an admin."];
}
