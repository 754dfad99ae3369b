// Stands in for Kustomer's card SDK: the methods that a card calls, over messages to the window that framed it.
(() => {
  const query = new URLSearchParams(location.search);
  const id = query.get("id");
  const parentUrl = query.get("parentUrl");
  if (!id || !parentUrl) {
    console.warn("Kustomer's card SDK runs outside Kustomer.");
    return;
  }

  const origin = new URL(parentUrl).origin;
  const calls = new Map();
  const listeners = [];
  let initialized = null;
  let count = 0;
  const send = (type, data) => parent.postMessage({ id, type, ...data }, origin);

  const receive = {
    initialized: ({ context, config }) => initialized?.(context, config),
    context: ({ context, config }) => { if (initialized) for (const listener of listeners) listener(context, config); },
    answer({ call, answer, fails }) {
      const settle = calls.get(call);
      calls.delete(call);
      if (fails) settle?.(answer, null);
      else settle?.(null, answer);
    },
  };
  addEventListener("message", event => {
    if (event.source === parent && event.origin === origin && event.data?.id === id) receive[event.data.type]?.(event.data);
  });

  window.Kustomer = {
    initialize(...args) {
      if (initialized) throw new Error("The card was initialized twice.");
      initialized = args.at(-1);
      send("initialize");
    },
    on(event, listener) { if (event === "context") listeners.push(listener); },
    open: () => send("open"),
    close: () => send("close"),
    resize: ({ height }) => send("resize", { height }),
    updateStatus: (kind, text) => send("status", { kind, text }),
    command: {
      run(name, options, callback) {
        const call = ++count;
        send("command", { call, name, options });
        return new Promise((resolve, reject) => {
          calls.set(call, (error, answer) => {
            callback?.(error, answer);
            if (error) reject(error);
            else resolve(answer);
          });
        });
      },
    },
  };
})();
