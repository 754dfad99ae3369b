using System.Text.Json;
using System.Text.RegularExpressions;
using KlaviyoRelay.Faults.Processes;
using KlaviyoRelay.Functions;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The app that is installed in Kustomer, which refuses a definition with a key that it does not know.</summary>
public sealed partial class KustomerAppTests
{
    private const string Path = "helpdesk-apps/kustomer/app.json";

    private static readonly JsonElement App = JsonDocument.Parse(Repository.Read(Path)).RootElement;

    private static readonly JsonElement Command = App.GetProperty("commands").EnumerateArray().Single();

    private static readonly JsonElement View = App.GetProperty("kviews").EnumerateArray().Single();

    // developer.kustomer.com/docs/apps/app-definition; of commands and their audit log: developer.kustomer.com/kustomer-apps-platform/docs/commands.
    [Theory]
    [InlineData("app", "app,version,title,visibility,settings,commands,kviews,i18n,appDetails,iconUrl,postInstallMessage,outboundWebhooks")]
    [InlineData("command", "name,displayName,httpMethod,url,permittedArgs,auditLogging,cacheSeconds,appSettings,inputSchema,outputSchema")]
    [InlineData("kview", "name,context,resource,template,meta")]
    [InlineData("meta", "displayName,icon,state")]
    [InlineData("setting", "type,defaultValue,required,description")]
    public void Definition_has_only_keys_that_kustomer_knows(string what, string known)
    {
        var element = what switch
        {
            "app" => App,
            "command" => Command,
            "kview" => View,
            "meta" => View.GetProperty("meta"),
            _ => App.GetProperty("settings").GetProperty("default").EnumerateObject().Single().Value,
        };

        Names(element).ShouldBeSubsetOf(known.Split(','));
    }

    [Fact]
    public void Command_asks_the_endpoint_with_the_customer_s_id_as_its_only_argument()
    {
        var url = Command.GetProperty("url").GetString().ShouldNotBeNull();

        var route = FunctionMethods.TriggeredBy<HttpTriggerAttribute>().Single(function => FunctionMethods.ClassOf(function.Method) == typeof(GetInsight)).Trigger.Route.ShouldNotBeNull();
        url.ShouldBe($"https://RELAY_HOST/api/{route}".Replace("{connection}", "CONNECTION", StringComparison.Ordinal).Replace("{customer}", "{{{customerId}}}", StringComparison.Ordinal));
        Command.GetProperty("permittedArgs").EnumerateArray().Select(argument => argument.GetString()).ShouldBe(["customerId"]);
        Command.GetProperty("httpMethod").GetString().ShouldBe("get");
        Command.GetProperty("inputSchema").GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Card_calls_the_command_that_is_defined_with_the_argument_that_is_permitted()
    {
        var app = App.GetProperty("app").GetString().ShouldNotBeNull();
        app.ShouldMatch("^[a-z_]+$");
        var script = Repository.Read("KlaviyoRelay.Core/Insights/Kustomer/Page/card.js");

        Command.GetProperty("name").GetString().ShouldBe($"{app}.app.api.insights");
        script.ShouldContain("`${app}.app.api.insights`, { args: { customerId: id }");
        script.ShouldContain("Bearer {{authToken}}");
    }

    [Fact]
    public void Token_is_a_secret_setting_and_in_no_address()
    {
        var setting = App.GetProperty("settings").GetProperty("default").EnumerateObject().Single();

        setting.Value.GetProperty("type").GetString().ShouldBe("secret");
        setting.Value.GetProperty("defaultValue").GetString().ShouldBe("");
        Command.GetProperty("appSettings").GetProperty("authToken").GetProperty("key").GetString().ShouldBe($"{App.GetProperty("app").GetString()}.default.{setting.Name}");
        Source().Match(View.GetProperty("template").GetString().ShouldNotBeNull()).Groups["src"].Value
            .ShouldBe($"https://RELAY_HOST/api/cards/CONNECTION?app={App.GetProperty("app").GetString()}_ORGANISATION_ID");
        Repository.Read(Path).ShouldNotContain("settings.default.");
    }

    [Fact]
    public void Guide_fills_every_place_in()
    {
        var guide = Repository.Read("helpdesk-apps/kustomer/README.md");

        Place().Matches(Repository.Read(Path)).Select(match => match.Value).Distinct().ShouldBe(["RELAY_HOST", "CONNECTION", "ORGANISATION_ID"], ignoreOrder: true);
        Place().Matches(Repository.Read(Path)).ShouldAllBe(match => guide.Contains($"s/{match.Value}/", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    [GeneratedRegex("""src=\{"(?<src>[^"]+)"\}""")]
    private static partial Regex Source();

    [GeneratedRegex("[A-Z]{4,}(?:_[A-Z]+)?")]
    private static partial Regex Place();
}
