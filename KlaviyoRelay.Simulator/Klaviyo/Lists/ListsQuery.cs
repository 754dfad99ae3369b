using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Documents;
using KlaviyoRelay.Simulator.Klaviyo.Queries;

namespace KlaviyoRelay.Simulator.Klaviyo.Lists;

/// <summary><c>GET /api/lists</c> and <c>GET /api/lists/{id}</c>.</summary>
internal static class ListsQuery
{
    private static readonly string[] NotSimulated = ["fields[flow]", "fields[tag]", "include"];

    private static readonly QueryRules ManyRules = new("list", ListDocument.Fields)
    {
        DefaultPage = 10,
        LargestPage = 10,
        Filters =
        [
            new FilterRule("name", "equals", "any") { HasListInEquals = true },
            new FilterRule("id", "equals", "any") { HasListInEquals = true },
        ],
        Sorts = ["created", "-created", "id", "-id", "name", "-name", "updated", "-updated"],
        NotSimulated = [.. NotSimulated, "additional-fields[list]"],
    };

    private static readonly QueryRules OneRules = new("list", [.. ListDocument.Fields, "profile_count"]) { AdditionalFields = ["profile_count"], NotSimulated = NotSimulated };

    public static Answer Many(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, ManyRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data =>
        {
            var found = data.Lists.All.Where(list => query.Filter is not { } filter || filter.IsMetBy(filter.Field == "id" ? list.Id : list.Name));
            var page = Page.Of([.. Sorted(found, query.Sort ?? "created")], query);
            return ResourceDocument.Many(query, page, (json, list) => ListDocument.Write(json, query.BaseAddress, list, query.Fields));
        });
    }

    public static Answer One(KlaviyoCall call)
    {
        if (!ResourceQuery.TryRead(call.Request, OneRules, out var query, out var problem))
        {
            return problem.ToAnswer();
        }

        return call.Account.Use(data => data.Lists.Find(call.Id) is { } list
            ? ResourceDocument.One(200, query.Self, json => ListDocument.Write(json, query.BaseAddress, list, query.Fields))
            : KlaviyoErrors.Unknown("list", call.Id).ToAnswer());
    }

    private static IEnumerable<KlaviyoList> Sorted(IEnumerable<KlaviyoList> lists, string sort)
    {
        var sorted = sort.TrimStart('-') switch
        {
            "id" => lists.OrderBy(list => list.Id, StringComparer.Ordinal),
            "name" => lists.OrderBy(list => list.Name, StringComparer.Ordinal),
            "updated" => lists.OrderBy(list => list.Updated),
            _ => lists.OrderBy(list => list.Created),
        };
        return sort.StartsWith('-') ? sorted.Reverse() : sorted;
    }
}
