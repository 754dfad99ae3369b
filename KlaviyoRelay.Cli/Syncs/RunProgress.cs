using System.Globalization;
using KlaviyoRelay.Core.Records.Runs;
using Spectre.Console;

namespace KlaviyoRelay.Cli.Syncs;

/// <summary>Sends a file and follows its run: with bars on a terminal, else in plain lines beside the result.</summary>
internal sealed class RunProgress(CliContext context)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The run when it has ended.</summary>
    /// <param name="relay">The relay.</param>
    /// <param name="file">The rows.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="rows">How many rows the file has.</param>
    /// <param name="cancellationToken">Ends the following; the relay goes on.</param>
    /// <exception cref="RelayRefusalException">The relay does not take the file, or does not tell.</exception>
    public Task<RunReport> FollowAsync(RelayClient relay, RowsFile file, string run, int rows, CancellationToken cancellationToken)
    {
        if (context.Progress is not { Profile.Capabilities: { Ansi: true, Interactive: true } } console)
        {
            return FollowAsync(relay, file, run, new Lines(context.Error, rows), cancellationToken);
        }

        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(bars => FollowAsync(relay, file, run, new Bars(bars, rows, new FileInfo(file.Path).Length), cancellationToken));
    }

    private async Task<RunReport> FollowAsync(RelayClient relay, RowsFile file, string run, IMeter meter, CancellationToken cancellationToken)
    {
        var (id, parts) = ("", 0);
        await foreach (var part in file.SplitAsync(cancellationToken))
        {
            id = await relay.PostAsync(file, run, part, cancellationToken);
            parts = part.Number;
            meter.Sent(part);
        }

        meter.AllSent(id, parts);
        while (true)
        {
            var report = await relay.FindAsync(id, cancellationToken) ?? throw new RelayRefusalException($"The relay has taken the rows, but knows no run {id}.");
            meter.Accounted(report.Rows);
            if (report.Status == RunStatus.Ended && report.Parts.Count >= parts)
            {
                return report;
            }

            await Task.Delay(Pause, context.Clock, cancellationToken);
        }
    }

    private interface IMeter
    {
        void Sent(FilePart part);

        void AllSent(string run, int parts);

        void Accounted(RunCounts rows);
    }

    private sealed class Bars(ProgressContext bars, int rows, long bytes) : IMeter
    {
        private readonly ProgressTask _sent = bars.AddTask("Rows to the relay", maxValue: bytes);
        private readonly ProgressTask _accounted = bars.AddTask("Rows accounted for", autoStart: false, maxValue: Math.Max(1, rows));

        public void Sent(FilePart part) => _sent.Increment(part.Body.Length);

        public void AllSent(string run, int parts)
        {
            _sent.Value = _sent.MaxValue;
            _accounted.StartTask();
        }

        public void Accounted(RunCounts counts)
        {
            var done = counts.Read - counts.Held;
            _accounted.Value = rows == 0 ? 1 : done;
            _accounted.Description = string.Create(CultureInfo.InvariantCulture, $"Rows accounted for {done} of {rows}");
        }
    }

    private sealed class Lines(TextWriter output, int rows) : IMeter
    {
        private int _last = -1;

        public void Sent(FilePart part)
        {
        }

        public void AllSent(string run, int parts) =>
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The relay has {rows} row(s) in {parts} part(s), as the run {run}."));

        public void Accounted(RunCounts counts)
        {
            if (counts.Read - counts.Held is var done && done != _last)
            {
                _last = done;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Rows accounted for: {done} of {rows}"));
            }
        }
    }
}
