using System.Globalization;
using System.IO.Compression;
using System.Text;
using KlaviyoRelay.Core.Records;
using Microsoft.Extensions.Configuration;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>What every row about records works on: rows of 500 bytes as NDJSON, each of a person of its own.</summary>
internal static class RowWorkload
{
    public const string SyncName = "people";
    public const string SecretName = "rows";
    public const string Secret = "rows-secret-value";

    private const int RowBytes = 500;
    private const string PhoneColumn = "phone";

    private static readonly string[] FirstNames = ["Jane", "Amélie", "Tomás", "Ingrid", "Yusuf", "Mei", "Lars"];
    private static readonly string[] Cities = ["Hamburg", "Lyon", "Porto", "Göteborg", "Ghent"];
    private static readonly string[] Tiers = ["gold", "silver", "bronze"];

    /// <summary>The columns without the phone number, in the order in which a row has them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["email", "id", "first", "last", "company", "city", "zip", "country", "tier", "points", "orders", "newsletter", "spent", "last_order", "favourite", "notes"];

    /// <summary>The place of a column.</summary>
    public static int PlaceOf(string column) => Columns.TakeWhile(name => name != column).Count();

    /// <summary>The columns that go to properties of the same names.</summary>
    public static IEnumerable<string> Properties => Columns.SkipWhile(column => column != "tier");

    public static string Email(int number) => string.Create(CultureInfo.InvariantCulture, $"customer.{number:D9}@klaviyo-demo.com");

    /// <summary>The settings of a sync that takes such rows, without what stands before their names.</summary>
    public static Dictionary<string, string> Settings(bool hasPhones = false)
    {
        var settings = new Dictionary<string, string>
        {
            ["Account"] = "main",
            ["Secret"] = SecretName,
            ["Object"] = "profiles",
            ["Fields__Email"] = "email",
            ["Fields__ExternalId"] = "id",
            ["Fields__FirstName"] = "first",
            ["Fields__LastName"] = "last",
            ["Fields__Organization"] = "company",
            ["Fields__City"] = "city",
            ["Fields__Zip"] = "zip",
            ["Fields__Country"] = "country",
            ["ProfileProperties"] = string.Join(',', Properties),
        };
        if (hasPhones)
        {
            settings["Fields__PhoneNumber"] = PhoneColumn;
            settings["PhoneRegion"] = "DE";
        }

        return settings;
    }

    /// <summary>The settings as the relay reads them.</summary>
    public static SyncOptions Options(IReadOnlyDictionary<string, string> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal), (string?)setting.Value)))
        .Build().Get<SyncOptions>() ?? new SyncOptions();

    /// <summary>The values of a row as JSON writes them, in the order of <see cref="Columns"/>; without the last, which fills the row.</summary>
    public static string[] Values(int number) =>
    [
        Text(Email(number)), Text(string.Create(CultureInfo.InvariantCulture, $"c-{number:D9}")), Text(FirstNames[number % FirstNames.Length]), Text("Müller-Santos"), Text("Acme Trading Ltd."),
        Text(Cities[number % Cities.Length]), Text($"{10_000 + (number % 80_000)}"), Text("Germany"), Text(Tiers[number % Tiers.Length]), $"{number % 50_000}", $"{number % 40}",
        number % 3 == 0 ? "true" : "false", Text($"{number % 2000}.90"), Text($"2026-11-{1 + (number % 28):D2}T10:00:00Z"), Text("Running \\\"shoes\\\""),
    ];

    /// <summary>Some rows, packed with gzip.</summary>
    public static byte[] Body(int first, int count, bool hasPhones = false)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            foreach (var number in Enumerable.Range(first, count))
            {
                gzip.Write(Line(number, hasPhones));
            }
        }

        return packed.ToArray();
    }

    private static byte[] Line(int number, bool hasPhones)
    {
        var line = new StringBuilder("{");
        foreach (var (column, value) in Columns.Zip(Values(number)))
        {
            line.Append(CultureInfo.InvariantCulture, $"\"{column}\":{value},");
        }

        if (hasPhones)
        {
            line.Append(CultureInfo.InvariantCulture, $"\"{PhoneColumn}\":\"0151 2{number % 10_000_000:D7}\",");
        }

        var bytes = new byte[RowBytes];
        var length = Encoding.UTF8.GetBytes($"{line}\"notes\":\"", bytes);
        // Letters as good as chance, so that gzip has work to do.
        var chance = (ulong)number + 1;
        for (; length < RowBytes - 3; length++)
        {
            chance = (chance * 6364136223846793005) + 1442695040888963407;
            bytes[length] = (byte)('a' + (chance >> 33) % 26);
        }

        "\"}\n"u8.CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    private static string Text(string value) => $"\"{value}\"";
}
