using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Documents;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary>A list as Klaviyo writes it.</summary>
internal static class ListDocument
{
    private static readonly string[] Links = ["profiles", "tags", "flow-triggers"];

    public static string[] Fields { get; } = ["name", "created", "updated", "opt_in_process"];

    public static string Self(string baseAddress, KlaviyoList list) => $"{baseAddress}/api/lists/{list.Id}/";

    public static void Write(Utf8JsonWriter json, string baseAddress, KlaviyoList list, IReadOnlyList<string> fields) =>
        ResourceDocument.Write(json, "list", list.Id, Self(baseAddress, list), Links, attributes =>
        {
            foreach (var field in fields)
            {
                switch (field)
                {
                    case "name":
                        attributes.WriteString(field, list.Name);
                        break;
                    case "created":
                        attributes.WriteString(field, list.Created);
                        break;
                    case "updated":
                        attributes.WriteString(field, list.Updated);
                        break;
                    case "profile_count":
                        attributes.WriteNumber(field, list.Members.Count);
                        break;
                    case "opt_in_process":
                        attributes.WriteString(field, list.OptIn);
                        break;
                }
            }
        });
}
