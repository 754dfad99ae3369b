// Plants bugs into a copy of the relay, one at a time, and tells which world finds each (docs/worlds.md).
// Each is one replacement in one file. node scripts/mutants.mjs [name]...
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const seeds = 1000;
const core = 'KlaviyoRelay.Core';
const worlds = 'KlaviyoRelay.Worlds/bin/Release/net10.0';

const mutants = [
  ['id-without-email', 'Klaviyo/Events/UniqueId.cs', 'Of(eventId, email.ToLowerInvariant())', 'Of(eventId, "")'],
  ['id-by-chance', 'Klaviyo/Events/UniqueId.cs', 'Of(eventId, email.ToLowerInvariant())', 'Of(eventId, email, $"{Environment.TickCount64}")'],
  ['answer-before-queue', 'Conversations/Receiving/WebhookIntake.cs', 'await queue.SendAsync(name,', '_ = queue.SendAsync(name,'],
  ['refused-letter-counts-as-sent', 'Work/PlaceSender.cs', '(accepted, refusal) = (exception.Accepted, exception);', '(accepted, refusal) = (shipments.Count, null);'],
  ['letter-of-one-email', 'Conversations/Relaying/RelayBatch.cs', 'Distinct(StringComparer.OrdinalIgnoreCase).Chunk', 'Distinct(StringComparer.OrdinalIgnoreCase).Take(1).Chunk'],
  ['held-for-a-minute', 'Work/DeadLetterWriter.cs', ': asked > options.Hold ? asked : options.Hold', ': TimeSpan.FromMinutes(1)'],
  ['held-for-less-than-asked', 'Work/DeadLetterWriter.cs', ': asked > options.Hold ? asked : options.Hold', ': options.Hold'],
  ['unreadable-is-dropped', 'Work/UnreadableMessages.cs', 'await sender.SendAsync([.. bodies', 'await sender.SendAsync([.. bodies.Take(0)'],
  ['released-in-any-order', 'Work/ThrottledRelease.cs', '.OrderBy(letter => letter.Message.Payload.OccurredAt)', ''],
  ['others-requests-are-not-counted', 'Http/RateLimiter.cs', 'if (remaining <= Volatile.Read(ref _inFlight))', 'if (remaining < 0)'],
  ['second-chunk-is-not-queued', 'Records/Chunks/RunReader.cs', 'body.Chunks.Select(chunk =>', 'body.Chunks.Take(1).Select(chunk =>'],
  ['permit-overtakes-a-pause', 'Http/RateLimiter.cs', 'if (_pausedUntil <= permit)', 'if (_pausedUntil <= permit || windows.Length > 0)'],
  ['page-counts-as-taken', 'Http/AnswerForm.cs', 'body.Span.IndexOfAnyExcept(" \\t\\r\\n"u8) < 0 || ApiErrors.BeginsObject(body)', 'body.Length >= 0'],
  ['opening-counts-after-its-close', 'Conversations/State/CustomerConversations.cs', 'conversationEvent.OccurredAt > before.ChangedAt && !conversationEvent.IsTimedByArrival', 'conversationEvent.OccurredAt >= before.ChangedAt'],
  ['wrong-reason', 'Klaviyo/KlaviyoClient.cs', ': DeadLetterReason.Invalid,', ': DeadLetterReason.Forbidden,'],
  ['email-in-reason', 'Klaviyo/KlaviyoErrors.cs', 'EmailMask.Apply($', '($'],
  ['no-limit-for-a-second', 'Klaviyo/RateTable.cs', 'new(PartOf(row.PerSecond, share), TimeSpan.FromSeconds(1)), ', ''],
  ['batch-backwards', 'Work/BatchReader.cs', 'readable.Add(message);', 'readable.Insert(0, message);'],
  ['flag-of-the-event', 'Conversations/Relaying/PresentState.cs', 'decided.TryGetValue(delivery, out var value) && value != delivery.InConversation', 'decided.TryGetValue(delivery, out var value) && value is null'],
  ['no-second-look', 'Conversations/Relaying/PresentState.cs', 'batch.LookAgain(delivery);', '_ = batch;'],
  ['waits-alone', 'Conversations/Relaying/Deliverer.cs', 'waitsFor = failure.IsTransient ? failure : null;', 'waitsFor = null;'],
  ['no-pause-after-429', 'Http/RateLimiter.cs', '_pausedUntil = Later(_pausedUntil, _uptime.Now + time);', '_ = time;'],
  ['rest-of-a-job-is-lost', 'Conversations/Relaying/BulkDeliverer.cs', 'await SendAsync(run, left, cancellationToken);', 'await SendAsync(run, BulkJob.Empty, cancellationToken);'],
  ['late-request-stays', 'Conversations/Relaying/Deliverer.cs', 'if (tries.MayComeLate)', 'if (tries.MayComeLate && delivery is null)'],
  ['newest-arrival-counts', 'Conversations/State/CustomerConversations.cs', 'var isNewest = before is null || IsNewer(conversationEvent, before);', 'var isNewest = before is null || IsNewer(conversationEvent, before) || before.ChangedAt > conversationEvent.OccurredAt;'],
  ['key-is-not-read-again', 'Http/HttpSender.cs', 'if (newest != secret)', 'if (newest == secret + "!")'],
  ['unknown-profiles-too', 'Conversations/Relaying/ProfileFilter.cs', 'else if (search.Value.Contains(delivery.Email))', 'else if (delivery.Email.Length > 0)'],
  ['mark-before-queue', 'Conversations/Recovery/EventRecovery.cs', 'await EnqueueAsync(messages, cancellationToken);', 'await marks.WriteAsync(connection.Name, RecoveryWindow.EndOf(slice, answer.Value.Headers.Date), cancellationToken); await EnqueueAsync(messages, cancellationToken);'],
  ['batch-without-end', 'Http/BatchBudget.cs', 'budget - _uptime.Now', 'budget + (_uptime.Now * 0)'],
  ['rows-answered-before-queue', 'Records/Receiving/RowsReceiver.cs', 'await queue.SendAsync(', '_ = queue.SendAsync('],
  ['superseded-rows-too', 'Records/Runs/RunAccount.cs', '.Concat(chunk.Superseded).ToHashSet()', '.ToHashSet()'],
  ['run-ends-before-its-jobs', 'Records/Runs/RunLedger.cs', 'IsRead && Counts.Held == 0', 'IsRead'],
  ['accepted-job-is-forgotten', 'Records/Delivery/ChunkInHand.cs', 'Jobs = [.. state.Jobs, accepted]', 'Jobs = [accepted]'],
  ['merged-is-not-found', 'Helpdesks/Gladly/GladlyClient.cs', 'if (answer.Value.StatusCode != HttpStatusCode.MovedPermanently)', 'if (answer.Value.StatusCode != HttpStatusCode.Gone)'],
];

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const chosen = mutants.filter(([name]) => process.argv.length < 3 || process.argv.slice(2).includes(name));
const copy = mkdtempSync(join(tmpdir(), 'mutants-'));
let missed = 0;
try {
  for (const file of execFileSync('git', ['ls-files', core, '*.props', '*.txt', 'nuget.config', 'global.json', '.editorconfig'], { cwd: root, encoding: 'utf8' }).trim().split('\n')) {
    cpSync(join(root, file), join(copy, file));
  }

  cpSync(join(root, worlds), join(copy, 'worlds'), { recursive: true });
  for (const [name, path, from, to] of chosen) {
    const file = join(copy, core, path);
    const right = readFileSync(file, 'utf8');
    if (right.split(from).length !== 2) {
      throw new Error(`${name}: ${path} should hold once: ${from}`);
    }

    writeFileSync(file, right.replace(from, () => to));
    const build = spawnSync('dotnet', ['build', core, '-c', 'Release', '--nologo', '-v', 'quiet', '-p:RunAnalyzers=false', '-p:EnforceCodeStyleInBuild=false', '-p:TreatWarningsAsErrors=false', '-p:UseSharedCompilation=true'], { cwd: copy, encoding: 'utf8' });
    writeFileSync(file, right);
    if (build.status !== 0) {
      throw new Error(`${name} does not compile:\n${build.stdout}`);
    }

    cpSync(join(copy, core, 'bin/Release/net10.0', `${core}.dll`), join(copy, 'worlds', `${core}.dll`));
    const run = spawnSync('dotnet', [join(copy, 'worlds', 'KlaviyoRelay.Worlds.dll'), '--seeds', `${seeds}`, '--until-broken'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const found = run.stdout.split('\n').find(line => line.startsWith('Seed '));
    missed += found ? 0 : 1;
    console.log(`${name.padEnd(32)}${found ?? `not found within ${seeds} seeds`}`.slice(0, 220));
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}

process.exitCode = missed === 0 ? 0 : 1;
