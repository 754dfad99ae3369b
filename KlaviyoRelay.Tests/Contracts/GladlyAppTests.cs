using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Core.Insights;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The app for Gladly's App Platform: its templates name only what the relay's endpoint for insights answers.</summary>
public sealed partial class GladlyAppTests
{
    private const string Folder = "helpdesk-apps/gladly";
    private const string Pull = $"{Folder}/data/pull/insights";

    private static readonly string[] OfProfile = FieldsOf<ProfileInsight>();

    // Of the parts of a profile, by the name of their type in Gladly's schema.
    private static readonly Dictionary<string, string[]> OfParts = new()
    {
        ["KlaviyoConsent"] = FieldsOf<ChannelConsent>(),
        ["KlaviyoSuppression"] = FieldsOf<ChannelSuppression>(),
        ["KlaviyoFlag"] = FieldsOf<ConversationFlag>(),
        ["KlaviyoName"] = FieldsOf<LinkedName>(),
        ["KlaviyoMessage"] = FieldsOf<ReceivedMessage>(),
        ["KlaviyoConversation"] = FieldsOf<ConversationMoment>(),
        ["KlaviyoMissing"] = FieldsOf<MissingPart>(),
    };

    private static readonly string Transformation = Repository.Read($"{Pull}/response_transformation.gtpl");

    private static readonly Dictionary<string, string[]> Schema = GraphType().Matches(Repository.Read($"{Folder}/data/data_schema.graphql"))
        .ToDictionary(type => type.Groups["name"].Value, type => GraphField().Matches(type.Groups["body"].Value).Select(member => member.Groups["name"].Value).ToArray());

    [Fact]
    public void Transformation_reads_only_fields_of_the_answer()
    {
        FieldOf("profile").ShouldBeSubsetOf(OfProfile);
        FieldOf("account").ShouldBeSubsetOf(FieldsOf<AccountInsight>());
        RawField().Matches(Transformation).Select(match => match.Groups["name"].Value).ShouldBeSubsetOf(FieldsOf<Insight>());
    }

    [Fact]
    public void Schema_has_the_fields_of_the_answer_and_the_account_s_name()
    {
        Schema["KlaviyoProfile"].ShouldBe([.. OfProfile, "accountName"], ignoreOrder: true);
        foreach (var (type, fields) in OfParts)
        {
            Schema[type].ShouldBe(fields, type);
        }

        Written().Matches(Transformation).Select(match => match.Groups["name"].Value).ShouldBe(Schema["KlaviyoProfile"], ignoreOrder: true);
    }

    [Fact]
    public void Card_shows_only_fields_of_the_schema()
    {
        var card = Repository.Read($"{Folder}/ui/templates/insights/flexible.card");
        var known = Schema.Values.SelectMany(fields => fields).ToHashSet(StringComparer.Ordinal);

        var named = Source().Matches(card).Concat(Placeholder().Matches(card)).Concat(Condition().Matches(card)).Select(match => match.Groups["name"].Value).Where(name => name != "__data").ToList();

        named.Count.ShouldBeGreaterThan(20);
        named.Where(name => !known.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void Address_is_the_endpoint_s_with_gladly_s_customer_id() =>
        Repository.Read($"{Pull}/request_url.gtpl").ShouldContain("/api/insights/{{.integration.configuration.connection}}/customers/{{urlquery .customer.id}}");

    [Fact]
    public void Nothing_but_the_id_is_told_of_a_customer()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf(Folder), "*.gtpl", SearchOption.AllDirectories))
        {
            Customer().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).ShouldAllBe(name => name == "id", file);
        }
    }

    [Fact]
    public void Token_is_typed_into_the_form_and_stands_in_no_file()
    {
        var form = JsonDocument.Parse(Repository.Read($"{Folder}/ui/admin/form.json")).RootElement.GetProperty("sections").EnumerateArray();
        var typed = form.Where(section => section.TryGetProperty("attr", out _)).Select(section => section.GetProperty("attr").GetString()).ToList();

        typed.ShouldBe(["configuration.relayHost", "configuration.connection", "secrets.relayToken"]);
        Repository.Read($"{Folder}/authentication/headers/Authorization.gtpl").ShouldBe("Bearer {{.integration.secrets.relayToken}}");
    }

    [Fact]
    public void Guide_says_that_it_is_off_and_that_gladly_may_store_what_it_gets()
    {
        var guide = Repository.Read($"{Folder}/README.md");

        guide.ShouldContain("It is off until you set it up");
        guide.ShouldContain("Gladly may store what it gets");
    }

    private static string[] FieldsOf<T>() => [.. typeof(T).GetProperties().Where(property => property.Name != "EqualityContract").Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static IEnumerable<string> FieldOf(string variable) => Regex.Matches(Transformation, $@"\${variable}\.(?<name>\w+)").Select(match => match.Groups["name"].Value);

    [GeneratedRegex(@"\.rawData\.(?<name>\w+)")]
    private static partial Regex RawField();

    [GeneratedRegex("""^  "(?<name>\w+)": """, RegexOptions.Multiline)]
    private static partial Regex Written();

    [GeneratedRegex(@"type (?<name>\w+)[^{]*\{(?<body>[^}]*)\}")]
    private static partial Regex GraphType();

    [GeneratedRegex(@"^  (?<name>\w+):", RegexOptions.Multiline)]
    private static partial Regex GraphField();

    [GeneratedRegex("""dataSource="(?<name>\w+)""")]
    private static partial Regex Source();

    [GeneratedRegex(@"\{\{ (?<name>\w+)")]
    private static partial Regex Placeholder();

    [GeneratedRegex("""when="(?<name>\w+)""")]
    private static partial Regex Condition();

    [GeneratedRegex(@"\.customer\.(?<name>\w+)")]
    private static partial Regex Customer();
}
