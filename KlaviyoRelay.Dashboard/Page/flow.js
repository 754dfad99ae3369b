import { byId, setText } from "./dom.js";
import { count, number, rate, dateTime } from "./format.js";

function show(id, text) { setText(byId(id), text); }

/** Colour only where something waits. */
function waits(id, value) { byId(id).classList.toggle("waits", value > 0); }

export function showFlow(flow) {
  const { webhooks, perSecond } = flow;
  show("webhooks-accepted", number(webhooks.accepted));
  show("webhooks-note", ["accepted", webhooks.ignored && `${number(webhooks.ignored)} ignored`, webhooks.refused && `${number(webhooks.refused)} refused`].filter(Boolean).join(" · "));
  show("queued", number(flow.queued));
  show("relaying", number(flow.relaying));
  show("delivered", number(flow.delivered));
  show("delivered-note", flow.skipped ? `accepted · ${count(flow.skipped, "email")} skipped` : "accepted, one per email");
  show("throttled", number(flow.throttled));
  show("throttled-note", flow.throttled === null ? "the queue does not answer" : !flow.throttled ? "nothing waits" : flow.nextRelease ? `next release ${dateTime(flow.nextRelease)}` : "waiting for their time");
  show("rejected", number(flow.rejected));
  show("rejected-note", flow.rejected === null ? "the queue does not answer" : flow.rejected ? "waiting for a person" : "nothing waits");
  show("rate-accepted", rate(perSecond.accepted));
  show("rate-taken", rate(perSecond.taken));
  show("rate-delivered", rate(perSecond.delivered));
  show("rate-released", rate(perSecond.released));
  show("rate-dead", rate(perSecond.throttled + perSecond.rejected));
  waits("at-queue", flow.queued > 0 ? flow.queued : 0);
  waits("at-throttled", flow.throttled);
  byId("at-rejected").classList.toggle("stuck", flow.rejected > 0);
}
