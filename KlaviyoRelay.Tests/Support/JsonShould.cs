using System.Text.Json.Nodes;

namespace KlaviyoRelay.Tests.Support;

/// <summary>Compares JSON by meaning: member order and white space do not count, everything else does.</summary>
internal static class JsonShould
{
    public static void ShouldBeJson(this string actual, string expected)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(actual), JsonNode.Parse(expected)))
        {
            JsonNode.Parse(actual)?.ToJsonString().ShouldBe(JsonNode.Parse(expected)?.ToJsonString());
        }
    }
}
