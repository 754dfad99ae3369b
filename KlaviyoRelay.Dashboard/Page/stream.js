// News from the relay, as long as the page is looked at.

import { byId, setText } from "./dom.js";
import { dateTime } from "./format.js";

// News comes each second. The relay waits less than this for what it tells (QueueDepths, EventStream).
const LATE = 2500;

function show(state, text) {
  byId("live").dataset.state = state;
  document.body.classList.toggle("stale", state === "lost");
  setText(byId("live"), text);
}

/** Handlers by the kind of news. A page that nobody sees closes its stream: a browser opens few to one place. */
export function follow(handlers) {
  let stream = null;
  let watch = null;
  let last = null;

  const late = () => show("lost", last ? `No news since ${dateTime(last)}` : "No news");

  function open() {
    stream = new EventSource("/dashboard/stream");
    watch = setTimeout(late, LATE);
    for (const [kind, handle] of Object.entries(handlers)) stream.addEventListener(kind, message => handle(JSON.parse(message.data)));
    stream.addEventListener("tick", message => {
      last = JSON.parse(message.data).now;
      clearTimeout(watch);
      watch = setTimeout(late, LATE);
      // Not before: with the first of these everything is there that is remembered.
      show("live", "Live");
    });
    stream.addEventListener("error", () => {
      late();
      // Refused, and not only interrupted: the browser does not try again by itself.
      if (stream?.readyState === EventSource.CLOSED) setTimeout(() => { close(); look(); }, 2000);
    });
  }

  function close() {
    clearTimeout(watch);
    stream?.close();
    stream = null;
  }

  function look() {
    if (document.hidden) {
      close();
      show("paused", "Paused");
    } else if (!stream) open();
  }

  document.addEventListener("visibilitychange", look);
  look();
}

