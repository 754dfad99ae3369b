using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Simulator;

public sealed class KustomerCustomerTests : SimulatorTest
{
    [Fact]
    public async Task Customer_has_its_fields_and_the_revision_1()
    {
        await PutAsync("""
            {"helpdesk":"kustomer","id":"ann","name":"Ann Lee","firstName":"Ann","lastName":"Lee","companyName":"Acme","locale":"en_us",
             "externalId":"7","phones":["+491701234567"],"custom":{"loyaltyTierStr":"gold"},
             "emails":[{"email":"ann@klaviyo-demo.com","verified":true},{"email":"family@klaviyo-demo.com","shared":true}]}
            """);

        var attributes = await AttributesAsync("ann");

        ((int?)attributes["rev"]).ShouldBe(1);
        attributes["firstName"]?.GetValue<string>().ShouldBe("Ann");
        attributes["companyName"]?.GetValue<string>().ShouldBe("Acme");
        attributes["locale"]?.GetValue<string>().ShouldBe("en_us");
        attributes["externalId"]?.GetValue<string>().ShouldBe("7");
        attributes["phones"]?[0]?["phone"]?.GetValue<string>().ShouldBe("+491701234567");
        attributes["custom"]?.ToJsonString().ShouldBe("""{"loyaltyTierStr":"gold"}""");
        attributes["emails"]?.AsArray().Count.ShouldBe(1);
        attributes["sharedEmails"]?[0]?["email"]?.GetValue<string>().ShouldBe("family@klaviyo-demo.com");
    }

    [Fact]
    public async Task Each_change_counts_the_revision_up()
    {
        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Ann"}""");
        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Anna"}""");

        ((int?)(await AttributesAsync("ann"))["rev"]).ShouldBe(2);

        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Anna","rev":9,"deleted":true}""");

        var attributes = await AttributesAsync("ann");
        ((int?)attributes["rev"]).ShouldBe(9);
        ((bool?)attributes["deleted"]).ShouldBe(true);
    }

    [Fact]
    public async Task Webhook_of_a_new_customer_holds_what_a_look_up_answers_and_no_changes()
    {
        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Ann","emails":[{"email":"ann@klaviyo-demo.com"}]}""");

        var webhook = await WebhookAsync("ann");

        webhook["name"]?.GetValue<string>().ShouldBe("kustomer.customer.create");
        webhook["changes"].ShouldBeNull();
        webhook["data"]?.ToJsonString().ShouldBe((await KustomerAsync("/v1/customers/ann")).Json["data"]?.ToJsonString());
    }

    [Fact]
    public async Task Webhook_of_a_change_names_what_changed()
    {
        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Ann","companyName":"Acme","custom":{"tierStr":"gold"}}""");
        await PutAsync("""{"helpdesk":"kustomer","id":"ann","name":"Anna","locale":"de_de","custom":{"tierStr":"silver"}}""");

        var webhook = await WebhookAsync("ann");

        webhook["name"]?.GetValue<string>().ShouldBe("kustomer.customer.update");
        webhook["meta"]?["customChanged"]?.GetValue<bool>().ShouldBeTrue();
        webhook["changes"]?["attributes"]?.AsObject().Select(change => change.Key)
            .ShouldBe(["name", "displayName", "companyName", "locale", "custom", "rev", "updatedAt"]);
        webhook["changes"]?["attributes"]?["name"]?.ToJsonString().ShouldBe("""{"op":"replace","before":"Ann","after":"Anna"}""");
        webhook["changes"]?["attributes"]?["companyName"]?.ToJsonString().ShouldBe("""{"op":"remove","before":"Acme"}""");
        webhook["changes"]?["attributes"]?["locale"]?.ToJsonString().ShouldBe("""{"op":"add","after":"de_de"}""");
        webhook["changes"]?["attributes"]?["rev"]?.ToJsonString().ShouldBe("""{"op":"replace","before":1,"after":2}""");
    }

    [Fact]
    public async Task Webhook_of_nobody_is_not_found() =>
        (await ControlAsync(HttpMethod.Get, "/customers/nobody/webhook")).Status.ShouldBe(404);

    [Fact]
    public async Task Listed_customers_can_be_posted_again()
    {
        var listed = (await ControlAsync(HttpMethod.Get, "/customers")).Text;

        var answer = await ControlAsync(HttpMethod.Post, "/customers", listed);

        answer.Status.ShouldBe(200, answer.Text);
    }

    private async Task PutAsync(string customer) => (await ControlAsync(HttpMethod.Post, "/customers", $"[{customer}]")).Status.ShouldBe(200);

    private async Task<JsonNode> AttributesAsync(string id) =>
        (await KustomerAsync($"/v1/customers/{id}")).Json["data"]?["attributes"] ?? throw new InvalidOperationException("no attributes");

    private async Task<JsonNode> WebhookAsync(string id) => (await ControlAsync(HttpMethod.Get, $"/customers/{id}/webhook")).Json;
}
