// What every page begins with: what the relay is set up with, and where its events go.

import { get } from "./api.js";
import { byId, setText } from "./dom.js";

async function read() {
  try {
    return await get("setup");
  } catch (error) {
    const said = byId("live") ?? byId("target");
    said.dataset.state = "lost";
    setText(said, error.message);
    setTimeout(() => location.reload(), 3000);
    throw error;
  }
}

export const setup = await read();

setText(byId("target"), setup.simulator ? `to the simulated Klaviyo at ${setup.simulator}` : `to ${setup.klaviyo}`);
if (setup.card) {
  byId("card-page").href = setup.card;
  byId("card-page").hidden = false;
}
