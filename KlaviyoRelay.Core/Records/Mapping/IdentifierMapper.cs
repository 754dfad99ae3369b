using KlaviyoRelay.Core.Klaviyo.Profiles;
using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Mapping;

/// <summary>Reads the identifiers of a row.</summary>
public sealed class IdentifierMapper(Sync sync)
{
    // What other tools check too: Klaviyo's own limit is not documented.
    private const int MaxExternalId = 255;

    private readonly SyncMapping _mapping = sync.Mapping;

    /// <summary>The identifiers, or why the row is rejected.</summary>
    /// <param name="row">The row.</param>
    /// <param name="warnings">Takes what is left out.</param>
    /// <param name="rejection">Why the row is rejected; null when it is not.</param>
    public Identifiers? Map(Row row, List<RowWarning> warnings, out RowRejection? rejection)
    {
        rejection = null;
        var email = ValueOf(row, _mapping.Email);
        var externalId = ValueOf(row, _mapping.ExternalId)?.Trim();
        if (email is not null)
        {
            rejection = Check(row, ref email);
            if (rejection is not null)
            {
                return null;
            }
        }

        if (externalId is { Length: > MaxExternalId })
        {
            rejection = Reject(row, _mapping.ExternalId, RowReasons.BadValue, $"The external id has more than {MaxExternalId} characters.");
            return null;
        }

        var written = ValueOf(row, _mapping.Phone);
        var phone = written is null ? null : RowPhone.Parse(written, RegionOf(row));
        if (written is not null && phone is null)
        {
            const string detail = "The phone number is none in this country, or has no country code.";
            if (!sync.DropsBadPhones || (email is null && externalId is null))
            {
                rejection = Reject(row, _mapping.Phone, RowReasons.BadPhone, detail);
                return null;
            }

            warnings.Add(new RowWarning(row.Number, _mapping.NameOf(_mapping.Phone), $"{detail} It is left out."));
        }

        var found = new Identifiers(email, phone, externalId);
        if (found.Count == 0)
        {
            rejection = Reject(row, _mapping.Email ?? _mapping.Phone ?? _mapping.ExternalId, RowReasons.NoIdentifier, "The row has neither an email nor another identifier.");
            return null;
        }

        return found;
    }

    private RowRejection? Check(Row row, ref string email)
    {
        var address = RowEmail.Parse(email);
        email = address ?? email;
        return address is null ? Reject(row, _mapping.Email, RowReasons.BadEmail, "The email is no address, or has more than 100 characters.")
            : ReservedDomain.Holds(address) ? Reject(row, _mapping.Email, RowReasons.ReservedDomain, "Klaviyo drops addresses of example.com, test.com and the like.")
            : null;
    }

    private string? RegionOf(Row row) =>
        sync.PhoneRegion ?? (ValueOf(row, _mapping.PhoneRegion)?.Trim() is { } region && PhoneNumber.IsRegion(region) ? region : null);

    private static string? ValueOf(Row row, int? place) => place is { } index ? row.Cells[index].Value : null;

    private RowRejection Reject(Row row, int? place, string reason, string detail) => new(row.Number, _mapping.NameOf(place), reason, detail);
}
