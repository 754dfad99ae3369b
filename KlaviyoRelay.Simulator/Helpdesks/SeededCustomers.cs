namespace KlaviyoRelay.Simulator.Helpdesks;

/// <summary>
/// The customers both helpdesks start with, one for each situation a relay meets. Ids are readable:
/// <c>gladly-jane</c>, <c>kustomer-jane</c> and so on.
/// </summary>
/// <param name="ownAddress">
/// When given, every customer gets a plus address of it, so that a developer who points the relay at the real Klaviyo
/// makes profiles of addresses that are theirs.
/// </param>
/// <param name="klaviyo">
/// Where the relay sends events to. The real Klaviyo gets no profiles of invented addresses: for it, there are no
/// customers until <paramref name="ownAddress"/> is given.
/// </param>
internal sealed class SeededCustomers(string? ownAddress, Uri? klaviyo = null)
{
    /// <summary>The domain of the made-up addresses.</summary>
    public const string Domain = "klaviyo-demo.com";

    /// <summary>The real Klaviyo, for which there are no customers; null when there are some.</summary>
    public Uri? Withheld { get; } = ownAddress is null && klaviyo is { IsLoopback: false } ? klaviyo : null;

    public IReadOnlyList<Customer> Of(string helpdesk)
    {
        if (Withheld is not null)
        {
            return [];
        }

        string Id(string name) => $"{helpdesk}-{name}";
        return
        [
            With(Id("jane"), "Jane Doe", "jane"),
            With(Id("john"), "John Roe", "john"),
            With(Id("maria"), "Maria Several", "maria", "maria.work", "maria.private"),
            With(Id("noemail"), "Noel Nomail"),
            With(Id("casey"), "Casey Case", "Casey", "casey"),
            With(Id("unusual"), "Ünal O'Hara", "o'hara", "\"quoted.name\"", "plus+tag", "jürgen"),
            With(Id("shared"), "Sam Shared", "sam") with
            {
                Emails = [new(Address("sam"), Primary: true, Verified: true), new(Address("family"), Shared: true)],
            },
            new Customer(Id("merged")) { Name = "Jane Doe (old)", MovedTo = Id("jane") },
            new Customer(Id("merged-twice")) { Name = "Jane Doe (oldest)", MovedTo = Id("merged") },
        ];
    }

    /// <summary>The address of a seeded name: at the demo domain, or a plus address of the developer's own.</summary>
    public string Address(string name)
    {
        if (ownAddress is null)
        {
            return $"{name}@{Domain}";
        }

        var at = ownAddress.LastIndexOf('@');
        var tag = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return $"{ownAddress[..at]}+{tag}{ownAddress[at..]}";
    }

    private Customer With(string id, string name, params string[] addresses) => new(id)
    {
        Name = name,
        Emails = [.. addresses.Select((address, i) => new CustomerEmail(Address(address), Primary: i == 0, Verified: i == 0))],
    };
}
