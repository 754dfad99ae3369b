// Asks the Bicep compiler about infra/, offline: node scripts/bicep.mjs validate|snapshot [folder]
//   validate  compiles every file, finds what infra/bicepconfig.json forbids, and holds what infra/example.bicepparam
//             makes against infra/example.snapshot.json
//   snapshot  writes that file anew
// Exit codes: 0 nothing wrong; 1 something is, and was said; 3 this system has no compiler, so nothing was checked.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [verb, folder = join(root, 'infra')] = process.argv.slice(2);
const snapshot = join(folder, 'example.snapshot.json');
// A subscription and a tenant that nobody has.
const deployment = ['--subscription-id', '00000000-0000-0000-0000-000000000000', '--tenant-id', '00000000-0000-0000-0000-000000000002', '--location', 'eastus'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
    stop(3, `Not checked: the Bicep compiler comes as a package for linux-x64, and this is ${process.platform}-${process.arch}.`);
}

const compiler = compilerOfTheTests();
const parameters = join(folder, 'example.bicepparam');
switch (verb) {
    case 'validate':
        process.exit(await ask('snapshot', parameters, '--mode', 'validate', ...deployment));
    case 'snapshot':
        process.exit((await ask('snapshot', parameters, '--mode', 'overwrite', ...deployment)) || sortOutputs());
    default:
        stop(1, 'Say what for: node scripts/bicep.mjs validate|snapshot [folder]');
}

// The tests' project downloads it when it is restored.
function compilerOfTheTests() {
    const project = readFileSync(join(root, 'KlaviyoRelay.Tests/KlaviyoRelay.Tests.csproj'), 'utf8');
    const [, name, version] = project.match(/<PackageDownload Include="(Azure\.Bicep\.[^"]+)" Version="\[([^\]]+)\]"/);
    const program = join(process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget/packages'), name.toLowerCase(), version, 'tools/bicep');
    return existsSync(program) ? program : stop(1, `${program} is missing. Run dotnet restore KlaviyoRelay.Tests`);
}

// The compiler writes them in another order each time.
function sortOutputs() {
    const content = JSON.parse(readFileSync(snapshot, 'utf8'));
    content.outputs = Object.fromEntries(Object.entries(content.outputs).sort(([one], [other]) => (one < other ? -1 : 1)));
    writeFileSync(snapshot, `${JSON.stringify(content, null, 2)}\n`);
    return 0;
}

// A warning ends with exit code 0, and is wrong all the same.
function ask(...question) {
    return new Promise(resolve => {
        const asked = spawn(compiler, question);
        let answer = '';
        for (const stream of [asked.stdout, asked.stderr]) {
            stream.setEncoding('utf8').on('data', text => (answer += text));
        }
        asked.on('close', exitCode => {
            process.stderr.write(answer.replace(/\u001b\[[0-9;]*m/g, ''));
            resolve(exitCode || (answer === '' ? 0 : 1));
        });
    });
}

function stop(exitCode, reason) {
    console.error(reason);
    process.exit(exitCode);
}
