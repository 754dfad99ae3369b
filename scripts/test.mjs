// Runs the built tests (`test.mjs TESTS.dll [ARGUMENT...]`) and says every 10 s how far they are. What fails is shown at once,
// and once more at the end with the first lines of its error: a kept end of a long log must name it. A line for each test that
// passes would hide it. A test that never ends is named, and ends the run.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const every = 10_000;
const begun = Date.now();
const counts = { Passed: 0, Failed: 0, Skipped: 0 };
const errorLines = 8;
const failures = [];
const say = (when) => console.log(
  `${counts.Passed} passed, ${counts.Failed} failed, ${counts.Skipped} skipped${when} ${Math.round((Date.now() - begun) / 1000)} s`);

const hangGuard = ["--blame-hang-timeout", "10m", "--blame-hang-dump-type", "none"];
const tests = spawn("dotnet", ["test", ...process.argv.slice(2), "--nologo", ...hangGuard, "--logger", "console;verbosity=normal"], { stdio: ["ignore", "pipe", "inherit"] });
const timer = setInterval(() => say(" after"), every);
tests.once("error", (error) => {
  clearInterval(timer);
  console.error(`dotnet can't be started: ${error.message}`);
  process.exitCode = 1;
});

let last;
createInterface({ input: tests.stdout }).on("line", (line) => {
  const outcome = /^\s{2}(Passed|Failed|Skipped) \S/.exec(line)?.[1];
  if (outcome) {
    counts[outcome]++;
    last = outcome === "Failed" ? [] : undefined;
    if (last) {
      failures.push(last);
    }
  }

  if (last && last.length <= errorLines && line.trim() !== "") {
    last.push(line.length > 400 ? `${line.slice(0, 400)}…` : line);
  }

  if (outcome !== "Passed" && outcome !== "Skipped" && line.trim() !== "") {
    console.log(line);
  }
});

tests.once("close", (code) => {
  clearInterval(timer);
  for (const failure of failures) {
    console.log(failure.join("\n"));
  }

  say(" in");
  process.exitCode = code ?? 1;
});
