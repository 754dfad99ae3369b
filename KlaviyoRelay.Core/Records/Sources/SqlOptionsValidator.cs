using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.Core.Secrets;
using KlaviyoRelay.Core.Settings;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>What is wrong with the query of a sync.</summary>
/// <param name="setting">What stands before the names of its settings: <c>Relay__Syncs__{sync}__Sql</c>.</param>
/// <param name="sql">Its settings.</param>
/// <param name="errors">Takes what is wrong.</param>
public sealed class SqlOptionsValidator(string setting, SqlOptions sql, SettingErrors errors)
{
    private static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(9);

    /// <param name="kind">What rows become; null when that is wrong.</param>
    /// <param name="secrets">Checks the secret.</param>
    public void Check(SyncObject? kind, SecretReferences secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (!sql.IsUsed)
        {
            return;
        }

        CheckQuery();
        secrets.Check($"{setting}__{nameof(sql.ConnectionStringSecret)}", sql.ConnectionStringSecret, "the connection string of the database");
        if (CronSchedule.TryParse(sql.Schedule) is null)
        {
            Add(nameof(sql.Schedule), sql.Schedule, CronSchedule.Form);
        }

        if (sql.CommandTimeout <= TimeSpan.Zero || sql.CommandTimeout > LongestCommand)
        {
            Add(nameof(sql.CommandTimeout), $"{sql.CommandTimeout}", $"above 00:00:00 and at most {LongestCommand}");
        }

        CheckMode();
        if (sql.DeleteLeft && (kind is not (null or SyncObject.ListInsert) || sql.Mode == "since"))
        {
            Add(nameof(sql.DeleteLeft), "true", "left out, except for lists with insert in the modes full and changed");
        }
    }

    private void CheckQuery()
    {
        if (string.IsNullOrWhiteSpace(sql.Query))
        {
            Add(nameof(sql.Query), sql.Query, "a query, such as select email, points from customers");
        }
        else if (SqlQuery.Trim(sql.Query).Contains(';', StringComparison.Ordinal))
        {
            Add(nameof(sql.Query), sql.Query, "one statement, with a semicolon at its end only");
        }
    }

    private void CheckMode()
    {
        if (sql.Mode is not ("full" or "changed" or "since"))
        {
            Add(nameof(sql.Mode), sql.Mode, "full, changed or since");
        }
        else if (sql.Mode == "since")
        {
            errors.CheckText($"{setting}__{nameof(sql.SinceColumn)}", sql.SinceColumn, "the column whose greatest value is where the next run begins");
            CheckIsEmpty(nameof(sql.OrderColumn), sql.OrderColumn);
        }
        else
        {
            CheckIsEmpty(nameof(sql.SinceColumn), sql.SinceColumn);
        }

        if (sql.Overlap < TimeSpan.Zero)
        {
            Add(nameof(sql.Overlap), $"{sql.Overlap}", "00:00:00 or more");
        }

        if (sql.NumberOverlap < 0)
        {
            Add(nameof(sql.NumberOverlap), FormattableString.Invariant($"{sql.NumberOverlap}"), "0 or more");
        }
    }

    private void CheckIsEmpty(string name, string value)
    {
        if (value.Length > 0)
        {
            Add(name, value, $"left out, because {nameof(sql.Mode)} is {sql.Mode}");
        }
    }

    private void Add(string name, string? value, string expected) => errors.Add($"{setting}__{name}", value, expected);
}
