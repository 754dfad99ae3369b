using KlaviyoRelay.Core.Helpdesks;
using KlaviyoRelay.Core.Http;
using KlaviyoRelay.Core.Klaviyo;
using KlaviyoRelay.Core.Records.Chunks;
using KlaviyoRelay.Core.Records.Delivery;
using KlaviyoRelay.Core.Records.Mapping;
using KlaviyoRelay.Core.Telemetry;
using KlaviyoRelay.Core.Work;

namespace KlaviyoRelay.Core.Records.Customers;

/// <summary>Writes the profile of one customer.</summary>
public sealed class CustomerSender(KlaviyoAccounts accounts, KnownProfiles known, SingleProfile single, WorkReport report, TimeProvider clock)
{
    /// <summary>Writes it: null when it is written, or left out as Klaviyo or the connection want no such profile; else why not.</summary>
    public async Task<DeliveryFailure?> SendAsync(RelayMessage message, Sync sync, CustomerProfile profile, BatchBudget budget, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sync);
        if (accounts.Find(sync.Account) is not { } account)
        {
            return new DeliveryFailure(DeadLetterReason.NotConfigured, $"The account '{sync.Account}' is no longer configured.");
        }

        switch (new RowMapper(sync, clock).Map(CustomerRow.Of(sync, profile)))
        {
            case RowResult.Mapped mapped:
                var (email, phone, externalId) = mapped.Identifiers;
                var map = new ChunkMap(1, [new ChunkEntry(1, 0, mapped.Json.Length, email, phone, externalId)]);
                return await SendAsync(message, sync, profile, account, map, mapped.Json, budget, cancellationToken);
            case RowResult.Rejected { Rejection: var rejection } when SkipReasonOf(rejection) is { } reason:
                report.Skipped(message, reason, 1);
                return null;
            case RowResult.Rejected { Rejection: var rejection }:
                return new DeliveryFailure(DeadLetterReason.Invalid, rejection.Detail);
            default:
                throw new InvalidOperationException("A row is mapped or rejected.");
        }
    }

    private async Task<DeliveryFailure?> SendAsync(
        RelayMessage message, Sync sync, CustomerProfile profile, KlaviyoAccount account, ChunkMap map, ReadOnlyMemory<byte> json, BatchBudget budget, CancellationToken cancellationToken)
    {
        if (!sync.CreatesProfiles)
        {
            var found = await known.FindAsync(account, map, [0], list: null, budget, cancellationToken);
            if (!found.IsSuccess)
            {
                return found.Failure;
            }

            if (found.Value.Count == 0)
            {
                report.Skipped(message, SkipReasons.NoProfile, 1);
                return null;
            }
        }

        var identifier = profile.Identifier ?? "";
        var tried = report.TriesOf(message, identifier, [.. profile.Fields.Keys, .. profile.Properties.Keys]);
        var outcome = await single.SendAsync(account, sync, map, json, index: 0, budget, cancellationToken, tried);
        if (outcome is { Failure: null, Rejection: null })
        {
            report.ProfileWritten(message, identifier);
        }

        return outcome.Failure ?? (outcome.Rejection is { } rejection ? new DeliveryFailure(DeadLetterReason.Invalid, rejection.Detail) : null);
    }

    private static string? SkipReasonOf(RowRejection rejection) => rejection.Reason switch
    {
        RowReasons.BadEmail or RowReasons.BadPhone => SkipReasons.Invalid,
        RowReasons.ReservedDomain => SkipReasons.ReservedDomain,
        RowReasons.NoIdentifier => SkipReasons.NoEmail,
        _ => null,
    };
}
