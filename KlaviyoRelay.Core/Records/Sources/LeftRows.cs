using KlaviyoRelay.Core.Records.Readers;

namespace KlaviyoRelay.Core.Records.Sources;

/// <summary>
/// The rows that leave a list because they left a result. They are a run of a sync of their own, <c>{sync}.left</c>. No
/// setting can have that name, and it takes no posted rows.
/// </summary>
public static class LeftRows
{
    private const string Email = "email";
    private const string Phone = "phone_number";
    private const string ExternalId = "external_id";

    /// <summary>The name of the sync.</summary>
    public static string NameOf(string sync) => $"{sync}.left";

    /// <summary>The settings of the sync.</summary>
    public static SyncOptions OptionsOf(SyncOptions sync)
    {
        ArgumentNullException.ThrowIfNull(sync);
        return new()
        {
            Account = sync.Account,
            Object = "lists",
            Behaviour = "delete",
            List = sync.List,
            Secret = sync.Secret,
            Fields = new() { Email = Email, PhoneNumber = Phone, ExternalId = ExternalId },
        };
    }

    /// <summary>What a row is deleted by later, with a letter for its kind; null when it has no right identifier.</summary>
    public static string? Of(Identifiers? identifiers) => identifiers switch
    {
        { Email: { } email } => $"e{email}",
        { Phone: { } phone } => $"p{phone}",
        { ExternalId: { } id } => $"x{id}",
        _ => null,
    };

    /// <summary>The rows as a body.</summary>
    public static StagedBody Stage(IEnumerable<string> identifiers)
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        var body = new StagedBody([Email, Phone, ExternalId]);
        foreach (var identifier in identifiers)
        {
            body.Add([.. "epx".Select(kind => identifier[0] == kind ? Cell.Text(identifier[1..]) : Cell.Null)]);
        }

        return body;
    }
}
