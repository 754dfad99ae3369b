using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>Nothing that is committed for a deployment holds a key, a token or a password, and no parameter asks for one.</summary>
public sealed partial class NoSecretsInInfrastructureTests
{
    public static TheoryData<string> Files =>
    [
        .. Bicep.Files.Select(file => $"infra/{file}"),
        // The snapshot is made of the others, and full of long ids.
        .. Directory.EnumerateFiles(Repository.PathOf("infra"), "*.json").Select(file => $"infra/{Path.GetFileName(file)}").Except(["infra/example.snapshot.json"]),
        .. Directory.EnumerateFiles(Repository.PathOf("scripts")).Select(file => $"scripts/{Path.GetFileName(file)}"),
        .. Directory.EnumerateFiles(Repository.PathOf(".github/workflows")).Select(file => $".github/workflows/{Path.GetFileName(file)}"),
        "azure.yaml",
    ];

    // Every Azurite has it; it opens nothing else.
    private const string AzuriteKey = "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [Theory]
    [MemberData(nameof(Files))]
    public void File_holds_no_secret(string file) => SecretLike(Repository.Read(file).Replace(AzuriteKey, "", StringComparison.Ordinal)).ShouldBeEmpty();

    [Theory]
    [InlineData("PrivateKeySecret: 'pk_0123456789abcdef0123456789abcdef01'")]
    [InlineData("Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=b")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=st;AccountKey=abc")]
    [InlineData("InstrumentationKey=0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData("\"Webhook__Secret\": \"dGhpcyBpcyBhIHNlY3JldCBvZiBzb21lIGxlbmd0aA==\"")]
    [InlineData("https://st.blob.core.windows.net/c?sv=2024&sig=abc%3D")]
    public void Secret_is_noticed(string text) => SecretLike(text).ShouldNotBeEmpty();

    [Fact]
    public void No_parameter_is_a_secret()
    {
        foreach (var file in Bicep.Files)
        {
            Bicep.Read(file).ShouldNotContain("@secure()");
            SecretParameter().Matches(Bicep.Read(file)).Select(match => $"{file}: {match.Value}").ShouldBeEmpty();
        }
    }

    [Fact]
    public void Secrets_are_named_in_parameters_as_key_vault_names_them()
    {
        var names = NamedSecret().Matches(Repository.Read("infra/main.parameters.json")).Select(match => match.Groups["name"].Value).ToList();

        names.ShouldNotBeEmpty();
        names.ShouldAllBe(name => VaultName().IsMatch(name));
    }

    private static IEnumerable<string> SecretLike(string text) => Known().Matches(text)
        .Concat(Random().Matches(text).Where(match => !CommitOfAnAction().IsMatch(match.Value) && HasDigitsAndBothCases(match.Value)))
        .Select(match => match.Value);

    // Long words are names; what has letters of both cases and digits is more likely made by chance.
    private static bool HasDigitsAndBothCases(string text) => text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower);

    [GeneratedRegex("pk_[0-9a-zA-Z]{6}|SharedAccessKey=|AccountKey=|InstrumentationKey=|[?&]sig=|BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex Known();

    [GeneratedRegex("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/]{28,}={0,2}")]
    private static partial Regex Random();

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex CommitOfAnAction();

    [GeneratedRegex("^param \\w*(?:[sS]ecret|[pP]assword|[tT]oken[A-Z]|[kK]ey) .*$", RegexOptions.Multiline)]
    private static partial Regex SecretParameter();

    [GeneratedRegex("\"\\w*Secret\": \"(?<name>[^\"]*)\"")]
    private static partial Regex NamedSecret();

    [GeneratedRegex("^[a-z]+(-[a-z]+)+$")]
    private static partial Regex VaultName();
}
