// The card in Kustomer: follows the customer that the agent looks at, and shows what the relay knows of them.
// It asks by a command of its app, which Kustomer's servers run. The relay's token never reaches this page.

import { insightBlocks, problemBlock, waitingBlock } from "./blocks.js";
import { problemOf, statusOf } from "./words.js";

const patience = 30_000;
const byId = id => document.getElementById(id);
// A private app's full name ends in the organisation's id, so the page's address says it.
const app = new URLSearchParams(location.search).get("app") ?? "";
let customer = null;
let turn = 0;

function begin() {
  if (!window.Kustomer) return show([problemBlock({ detail: "This page is a card inside Kustomer. It shows nothing by itself." })], "");
  byId("again").addEventListener("click", ask);
  new ResizeObserver(fit).observe(document.body);
  window.Kustomer.on("context", follow);
  window.Kustomer.initialize(follow);
}

/** Kustomer tells the context at each change, also when the customer stays the same. */
function follow(context) {
  const next = context?.customer?.id ?? null;
  if (next === customer && turn > 0) return;
  customer = next;
  ask();
}

async function ask() {
  const mine = ++turn;
  if (!customer) {
    show([], "");
    window.Kustomer.updateStatus("info", "No customer");
    window.Kustomer.close();
    return;
  }
  window.Kustomer.open();
  window.Kustomer.updateStatus("info", "Asking Klaviyo");
  show([waitingBlock()], "Asking Klaviyo.");
  const answer = await answerFor(customer);
  // The agent is with another customer by now, or has asked again.
  if (mine !== turn) return;
  if (answer.insight) {
    show(insightBlocks(answer.insight, new Date()), "Klaviyo's answer is shown.");
    window.Kustomer.updateStatus(...statusOf(answer.insight.accounts));
  } else {
    show([problemBlock(answer)], "");
    window.Kustomer.updateStatus("danger", problemOf(answer.status)[0]);
  }
}

async function answerFor(id) {
  if (!/^\w+$/.test(app)) return { detail: "The card's address must end in ?app= and the app's full name." };
  let response;
  try {
    response = await run(`${app}.app.api.insights`, { args: { customerId: id }, headers: { Authorization: "Bearer {{authToken}}" } });
  } catch (error) {
    response = error;
  }
  const body = bodyOf(response?.responseBody ?? response?.response?.responseBody);
  // A cache on the way that mixes customers up must not show one in the place of the other.
  if (Array.isArray(body?.accounts) && body.customer === id) return { insight: body };
  return { status: body?.status ?? response?.statusCode ?? response?.status, detail: body?.detail };
}

/** Kustomer's command, as a promise: versions of its SDK take a callback, return a promise, or do both. */
function run(command, options) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("Kustomer did not answer.")), patience);
    const running = window.Kustomer.command.run(command, options, (error, response) => error ? reject(error) : resolve(response));
    running?.then?.(response => { if (response) resolve(response); }, reject);
  });
}

function bodyOf(body) {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function show(blocks, said) {
  byId("card").replaceChildren(...blocks);
  byId("foot").hidden = blocks.length === 0;
  byId("said").textContent = said;
  fit();
}

/** Also asked for after each change: a browser may put off what a frame observes while the frame has no height. */
function fit() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height > 0) window.Kustomer?.resize({ height: `${height}px` });
}

begin();
