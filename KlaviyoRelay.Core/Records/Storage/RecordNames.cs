namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>Where the records of a run are. Names sort in the order of their numbers.</summary>
/// <param name="Sync">The sync's name.</param>
/// <param name="Run">The run's id.</param>
public sealed record RecordNames(string Sync, string Run)
{
    /// <summary>What stands before the marks of runs that have not ended.</summary>
    public const string Open = "open/";

    /// <summary>The name of a body while its run's id is not known.</summary>
    public static string Incoming(string sync, Guid id) => $"incoming/{sync}/{id:N}";

    /// <summary>The run that a mark is of, with its account; null for another name.</summary>
    public static (string Account, RecordNames Names)? Parse(string openMark) =>
        openMark.Split('/') is [_, var account, var sync, var run] ? (account, new RecordNames(sync, run)) : null;

    /// <summary>Is there as long as the run has not ended, so that open runs are found.</summary>
    public string OpenMark(string account) => $"{Open}{account}/{Sync}/{Run}";

    /// <summary>What stands before every name of the run.</summary>
    public string Prefix => $"runs/{Sync}/{Run}/";

    /// <summary>The state of the run.</summary>
    public string State => $"{Prefix}run.json";

    /// <summary>The results, for people and for programs.</summary>
    public string CsvResult => $"{Prefix}result.csv";

    /// <inheritdoc cref="CsvResult"/>
    public string JsonResult => $"{Prefix}result.json";

    public string Body(int number) => Numbered("bodies", number, "");

    public string BodyState(int number) => Numbered("bodies", number, ".json");

    public string Chunk(int number) => Numbered("chunks", number, ".json");

    public string ChunkMap(int number) => Numbered("chunks", number, ".map.json");

    public string ChunkState(int number) => Numbered("chunks", number, ".state.json");

    private string Numbered(string folder, int number, string end) => FormattableString.Invariant($"{Prefix}{folder}/{number:D6}{end}");
}
