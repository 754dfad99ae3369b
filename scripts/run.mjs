// `run.mjs ports` says whether the ports are free. `run.mjs start Release` starts Azurite, the simulator and the relay, and stops
// all three together. scripts/ports has set the ports.
import { spawn } from "node:child_process";
import { connect } from "node:net";
import { mkdirSync } from "node:fs";

const ports = {
  relay: Number(process.env.RELAY_PORT),
  simulator: Number(process.env.SIMULATOR_PORT),
  azurite: Number(process.env.AZURITE_PORT),
};
const relayAddress = `http://127.0.0.1:${ports.relay}`;
const simulatorAddress = `http://127.0.0.1:${ports.simulator}`;
const patience = 60_000;

const needed = [
  { port: ports.azurite, user: "Azurite (the blobs)", setting: "AZURITE_PORT" },
  { port: ports.azurite + 1, user: "Azurite (the queues)", setting: "AZURITE_PORT" },
  { port: ports.azurite + 2, user: "Azurite (the tables)", setting: "AZURITE_PORT" },
  { port: ports.simulator, user: "the simulator", setting: "SIMULATOR_PORT" },
  { port: ports.relay, user: "the relay", setting: "RELAY_PORT" },
];

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(socket.destroy() && true));
    socket.once("error", () => resolve(false));
  });
}

async function fail(message) {
  console.error(message);
  await stop();
  process.exit(1);
}

async function checkPorts() {
  for (const { port, user, setting } of needed) {
    if (!(port > 0 && port < 65_536)) {
      await fail(`${setting} is '${process.env[setting]}': it should be a port from 1 to 65533.`);
    }
    if (await isTaken(port)) {
      await fail(`Port ${port}, which ${user} needs, is in use. Stop what listens there, or choose another port: ${setting}=${port + 1000} make run`);
    }
  }
}

const running = [];
let isStopping = false;

function start(name, command, args) {
  // In a process group of its own, so that Ctrl-C reaches this program only, which then stops the others in order.
  const child = spawn(command, args, { stdio: "inherit", detached: true });
  const one = { name, child, ended: new Promise((resolve) => child.once("close", resolve)) };
  child.once("error", (error) => fail(`${name} can't be started: ${error.message}`));
  one.ended.then(() => isStopping || fail(`${name} has stopped, so the others stop too.`));
  running.push(one);
}

// The relay first, so that it can give back to the queue what it holds.
async function stop() {
  isStopping = true;
  for (const { child, ended } of [...running].reverse()) {
    if (child.exitCode === null && child.signalCode === null && child.pid) {
      child.kill("SIGTERM");
      await ended;
    }
  }
}

async function waitFor(what, isThere) {
  for (const end = Date.now() + patience; !(await isThere()); await pause(100)) {
    if (Date.now() > end) {
      await fail(`${what} did not answer within ${patience / 1000} s. Its messages are above.`);
    }
  }
}

// Node's fetch asks no proxy.
const answers = (address) => fetch(address).then((answer) => answer.ok, () => false);

async function startAll(configuration) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, async () => {
      await stop();
      process.exit(0);
    });
  }

  const program = (project) => `KlaviyoRelay.${project}/bin/${configuration}/net10.0/KlaviyoRelay.${project}.dll`;
  const folder = ports.azurite === 10_000 ? ".azurite" : `.azurite/${ports.azurite}`;
  mkdirSync(folder, { recursive: true });
  start("Azurite", process.execPath, [
    "node_modules/azurite/dist/src/azurite.js", "--silent", "--location", folder, "--skipApiVersionCheck", "--disableTelemetry",
    "--blobPort", `${ports.azurite}`, "--queuePort", `${ports.azurite + 1}`, "--tablePort", `${ports.azurite + 2}`,
  ]);
  for (const { port, user } of needed.slice(0, 3)) {
    await waitFor(user, () => isTaken(port));
  }
  start("The simulator", "dotnet", [program("Simulator"), "--urls", simulatorAddress]);
  await waitFor("The simulator", () => answers(`${simulatorAddress}/_simulator/health`));
  start("The relay", "dotnet", [program("Cli"), "--urls", relayAddress]);
  await waitFor("The relay", () => answers(`${relayAddress}/api/health`));
  console.log(welcome());
}

function welcome() {
  const others = ports.relay === 7071 && ports.simulator === 7080 ? "" : `RELAY_PORT=${ports.relay} SIMULATOR_PORT=${ports.simulator} AZURITE_PORT=${ports.azurite} `;
  return `
Watch it in a browser  ${relayAddress}/
What an agent sees     ${simulatorAddress}/kustomer-window#kustomer-jane
The relay listens on   ${relayAddress}/api/webhooks/gladly and .../kustomer
Its health             ${relayAddress}/api/health
What Klaviyo recorded  ${simulatorAddress}/_simulator/state

Try it with the page's buttons; or in another terminal with ${others}make demo, or one webhook:

curl --noproxy '*' -u klaviyo-relay:simulated-gladly-password -H 'Content-Type: application/json' ${relayAddress}/api/webhooks/gladly -d "{\\"id\\":\\"$(date +%s)\\",\\"type\\":\\"CONVERSATION/CREATED\\",\\"timestamp\\":\\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\",\\"content\\":{\\"conversationId\\":\\"$(date +%s)\\",\\"customerId\\":\\"gladly-maria\\"}}"

Ctrl-C stops everything.
`;
}

await checkPorts();
if (process.argv[2] === "start") {
  await startAll(process.argv[3]);
}
