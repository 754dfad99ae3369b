namespace KlaviyoRelay.Tests.Simulator;

public sealed class ProfileImportTests : RecordsTest
{
    [Fact]
    public async Task Import_creates_a_profile_with_201_and_updates_it_with_200()
    {
        var created = await ImportAsync("""{"email":"Jane@klaviyo-demo.com","phone_number":"+491701234567","external_id":"7","first_name":"Jane"}""");
        var updated = await ImportAsync("""{"email":"jane@klaviyo-demo.com","last_name":"Doe"}""");

        created.Status.ShouldBe(201, created.Text);
        updated.Status.ShouldBe(200, updated.Text);
        Id(updated).ShouldBe(Id(created));
        updated.Json["data"]?["attributes"]?.ToJsonString().ShouldStartWith(
            """{"email":"jane@klaviyo-demo.com","phone_number":"\u002B491701234567","external_id":"7","first_name":"Jane","last_name":"Doe",""");
        updated.Json["data"]?["links"]?["self"]?.GetValue<string>().ShouldEndWith($"/api/profiles/{Id(created)}/");
        Attribute(updated, "last_event_date").ShouldBeNull();
    }

    [Fact]
    public async Task Null_clears_and_what_is_absent_stays()
    {
        await ImportAsync("""{"email":"jane@klaviyo-demo.com","phone_number":"+491701234567","first_name":"Jane","last_name":"Doe","properties":{"a":1,"b":2}}""");

        var answer = await ImportAsync("""{"email":"jane@klaviyo-demo.com","phone_number":null,"first_name":null,"properties":{"b":null,"c":3}}""");

        Attribute(answer, "phone_number").ShouldBeNull();
        Attribute(answer, "first_name").ShouldBeNull();
        Attribute(answer, "last_name")?.GetValue<string>().ShouldBe("Doe");
        Attribute(answer, "properties")?.ToJsonString().ShouldBe("""{"a":1,"c":3}""");
        (await ImportAsync("""{"phone_number":"+491701234567"}""")).Status.ShouldBe(201, "nobody has the number now");
    }

    [Fact]
    public async Task Patches_append_unappend_and_unset_properties()
    {
        await ImportAsync("""{"email":"jane@klaviyo-demo.com","properties":{"tags":"a","old":1,"sizes":[1,2]}}""");

        var answer = await ImportAsync(
            """{"email":"jane@klaviyo-demo.com"}""",
            """{"patch_properties":{"append":{"tags":["b","c"],"new":5},"unappend":{"sizes":1},"unset":"old"}}""");

        Attribute(answer, "properties")?.ToJsonString().ShouldBe("""{"tags":["a","b","c"],"sizes":[2],"new":[5]}""");
    }

    [Fact]
    public async Task Appended_email_finds_the_profile_too()
    {
        var jane = Id(await ImportAsync("""{"email":"jane@klaviyo-demo.com"}""", """{"patch_identifiers":{"append":{"email":["j@klaviyo-demo.com"]}}}"""));

        Id(await ImportAsync("""{"email":"j@klaviyo-demo.com"}""")).ShouldBe(jane);
    }

    [Fact]
    public async Task Identifiers_of_two_profiles_are_a_conflict_that_names_the_other_one()
    {
        await ImportAsync("""{"email":"jane@klaviyo-demo.com"}""");
        var john = Id(await ImportAsync("""{"phone_number":"+491701234567"}"""));

        var answer = await ImportAsync("""{"email":"jane@klaviyo-demo.com","phone_number":"+491701234567"}""");

        answer.Status.ShouldBe(409);
        answer.Code.ShouldBe("duplicate_profile");
        answer.Source.ShouldBe("/data/attributes");
        answer.Error["meta"]?["duplicate_profile_id"]?.GetValue<string>().ShouldBe(john);
    }

    [Fact]
    public async Task Profile_gets_another_email_and_the_old_one_is_free()
    {
        var jane = Id(await ImportAsync("""{"external_id":"7","email":"jane@klaviyo-demo.com"}"""));

        var moved = await ImportAsync("""{"external_id":"7","email":"jane.roe@klaviyo-demo.com"}""");
        var other = await ImportAsync("""{"email":"jane@klaviyo-demo.com"}""");

        Id(moved).ShouldBe(jane);
        other.Status.ShouldBe(201);
        Id(other).ShouldNotBe(jane);
    }

    [Theory]
    [InlineData("""{"first_name":"Jane"}""", "/data/attributes", "One or more identifiers is required")]
    [InlineData("""{"email":"jane"}""", "/data/attributes/email", "Invalid email address")]
    [InlineData("""{"email":"j@klaviyo-demo.com","phone_number":"0170 1234567"}""", "/data/attributes/phone_number", "Invalid phone number format (Example of a valid format: +12345678901)")]
    [InlineData("""{"email":"j@klaviyo-demo.com","phone_number":"+12125550123"}""", "/data/attributes/phone_number", "The phone number provided either does not exist or is ineligible to receive ChannelType.SMS")]
    [InlineData("""{"email":"j@klaviyo-demo.com","anonymous_id":"1"}""", "/data/attributes/anonymous_id", "'anonymous_id' is not a valid field for the resource 'profile'")]
    [InlineData("""{"email":"j@klaviyo-demo.com","first_name":7}""", "/data/attributes/first_name", "Expected a string")]
    public async Task Wrong_attribute_is_refused_with_its_pointer(string attributes, string place, string detail)
    {
        var answer = await ImportAsync(attributes);

        answer.Status.ShouldBe(400);
        answer.Source.ShouldBe(place);
        answer.Detail.ShouldBe(detail);
    }

    [Fact]
    public async Task Phone_of_a_region_the_account_lacks_is_refused()
    {
        await SetImportsAsync("""{"phoneRegions":["+49","+43"]}""");

        (await ImportAsync("""{"phone_number":"+491701234567"}""")).Status.ShouldBe(201);
        (await ImportAsync("""{"phone_number":"+447700900123"}""")).Detail
            .ShouldBe("Phone number is valid but is not in a supported region for this account.");
    }

    [Fact]
    public async Task Unknown_id_is_not_found() => (await ImportAsync("{}", id: "01NOBODY")).Status.ShouldBe(404);

    [Fact]
    public async Task Body_of_more_than_100_KB_is_too_large() =>
        (await ImportAsync($$"""{"email":"j@klaviyo-demo.com","title":"{{new string('x', 100_000)}}"}""")).Status.ShouldBe(413);

    [Fact]
    public async Task Profile_is_found_by_each_identifier()
    {
        var jane = Id(await ImportAsync("""{"email":"jane@klaviyo-demo.com","phone_number":"+491701234567","external_id":"7"}"""));

        foreach (var filter in (string[])["""any(email,["jane@klaviyo-demo.com"])""", """any(phone_number,["+491701234567"])""", """any(external_id,["7"])"""])
        {
            Items(await GetAsync($"/api/profiles?filter={Uri.EscapeDataString(filter)}")).Select(Id).ShouldBe([jane], filter);
        }

        Id(await GetAsync($"/api/profiles/{jane}")).ShouldBe(jane);
        (await GetAsync("/api/profiles/01NOBODY")).Status.ShouldBe(404);
    }
}
