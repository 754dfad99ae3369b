// As much of a browser as the parts of the page need that are tested without one.

class Element {
  dataset = {};
  attributes = {};
  children = [];
  textContent = "";
  classes = new Set();
  classList = { toggle: (name, on) => on ? this.classes.add(name) : this.classes.delete(name) };

  setAttribute(name, value) { this.attributes[name] = value; }

  append(...children) { this.children.push(...children); }

  after() {}

  addEventListener() {}
}

const byId = new Map();

globalThis.document = {
  hidden: false,
  body: new Element(),
  getElementById(id) {
    if (!byId.has(id)) byId.set(id, new Element());
    return byId.get(id);
  },
  createElement: () => new Element(),
  createElementNS: () => new Element(),
  addEventListener() {},
};

/** What the relay would send, said by the test. */
globalThis.EventSource = class EventSource {
  static CLOSED = 2;
  static opened;
  handlers = {};

  constructor() { EventSource.opened = this; }

  addEventListener(kind, handle) { (this.handlers[kind] ??= []).push(handle); }

  say(kind, data) { for (const handle of this.handlers[kind] ?? []) handle({ data: JSON.stringify(data) }); }

  close() {}
};
