// Frames the card as Kustomer does: it tells the card whose page is open, and has a server run the card's commands.

const byId = id => document.getElementById(id);
const frame = byId("card");
const frameId = "card-1";
const config = { userRoles: ["entity.user"] };
const { card, customers } = await (await fetch("/kustomer-window/setup")).json();
const cardOrigin = new URL(card).origin;
let customer = null;
let answered = 0;
let isThere = false;

const handlers = {
  initialize() {
    byId("panel").hidden = false;
    isThere = true;
    tell("initialized", { context: contextOf(customer), config });
  },
  open: () => fold(false),
  close: () => fold(true),
  resize({ height }) { frame.style.height = height; },
  status({ kind, text }) {
    byId("status").textContent = text;
    byId("status").dataset.kind = kind;
  },
  async command({ call, name, options }) {
    const response = await fetch("/kustomer-window/commands", { method: "POST", body: JSON.stringify({ name, args: options.args, headers: options.headers }) });
    const { fails, ...answer } = await response.json();
    tell("answer", { call, answer, fails });
    answered++;
    byId("log").textContent = `Commands answered: ${answered}\nThe last one: ${name} for ${options.args?.customerId}, ${answer.statusCode}`;
  },
};

addEventListener("message", ({ source, origin, data }) => {
  if (source === frame.contentWindow && origin === cardOrigin && data?.id === frameId) handlers[data.type]?.(data);
});

function tell(type, data) {
  frame.contentWindow.postMessage({ id: frameId, type, ...data }, cardOrigin);
}

function fold(folded) {
  frame.hidden = folded;
  byId("fold").setAttribute("aria-expanded", `${!folded}`);
}

/** With a customer's emails, as Kustomer has them: a card could read them, and this one does not. */
function contextOf(one) {
  return one ? { type: "customer", customer: { type: "customer", id: one.id, attributes: { displayName: one.name, emails: one.emails.map(email => ({ email })) } } } : { type: "customer" };
}

function choose(one) {
  customer = one;
  byId("name").textContent = one?.name ?? "Nobody is chosen";
  for (const button of document.querySelectorAll("nav button")) button.setAttribute("aria-current", `${button.dataset.customer === (one?.id ?? "")}`);
  history.replaceState(null, "", `#${one?.id ?? ""}`);
  if (isThere) tell("context", { context: contextOf(one), config });
}

for (const one of [null, ...customers]) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.customer = one?.id ?? "";
  button.textContent = one ? one.name : "Nobody";
  button.addEventListener("click", () => choose(one));
  const line = document.createElement("li");
  line.append(button);
  byId("customers").append(line);
}
byId("fold").addEventListener("click", () => fold(!frame.hidden));
const first = decodeURIComponent(location.hash.slice(1));
const address = new URL(card);
address.searchParams.set("parentUrl", location.origin);
address.searchParams.set("id", frameId);
frame.src = address;
choose(customers.find(one => one.id === first) ?? null);
document.body.dataset.ready = "true";
