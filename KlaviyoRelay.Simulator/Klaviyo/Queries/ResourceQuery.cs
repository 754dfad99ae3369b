using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using KlaviyoRelay.Simulator.Http;
using Microsoft.Extensions.Primitives;

namespace KlaviyoRelay.Simulator.Klaviyo.Queries;

/// <summary>The query of a GET, checked: sparse fields, filter, sort and page.</summary>
internal sealed class ResourceQuery
{
    private const string FilterParameter = "filter";
    private const string SortParameter = "sort";
    private const string SizeParameter = "page[size]";
    private const string CursorParameter = "page[cursor]";

    private readonly SimulatedRequest _request;

    private ResourceQuery(SimulatedRequest request, IReadOnlyList<string> fields)
    {
        _request = request;
        Fields = fields;
    }

    public IReadOnlyList<string> Fields { get; }

    /// <summary>The first filter, where there is one.</summary>
    public Filter? Filter => Filters is [var first, ..] ? first : null;

    /// <summary>All filters; a resource has to meet each.</summary>
    public IReadOnlyList<Filter> Filters { get; private init; } = [];

    public string? Sort { get; private init; }

    /// <summary>How many items a page has.</summary>
    public int Size { get; private init; }

    /// <summary>Where the page begins, in the endpoint's own numbering; null for the first page.</summary>
    public long? Start { get; private init; }

    public string BaseAddress => _request.BaseAddress;

    public string Self => Link(cursor: null);

    public static bool TryRead(
        SimulatedRequest request,
        QueryRules rules,
        [NotNullWhen(true)] out ResourceQuery? read,
        [NotNullWhen(false)] out KlaviyoError? problem)
    {
        var query = request.Query;
        var fieldsParameter = $"fields[{rules.Resource}]";
        var fields = Text(query[fieldsParameter]) is { } list ? list.Split(',') : rules.Fields;
        var additionalParameter = $"additional-fields[{rules.Resource}]";
        var additional = Text(query[additionalParameter]) is { } more ? more.Split(',') : [];
        IReadOnlyList<Filter> filters = [];
        var filterProblem = "";
        if (Text(query[FilterParameter]) is { } text && rules.Filters.Length > 0)
        {
            filters = FilterParser.ParseAll(text, rules.Filters, out filterProblem);
        }

        var sort = Text(query[SortParameter]);
        var hasSize = TryReadSize(query, rules, out var size);
        var hasCursor = TryReadCursor(query, out var start);
        problem = Unknown(query, rules, fieldsParameter, additionalParameter)
            ?? (fields.FirstOrDefault(field => field != "id" && !rules.Fields.Contains(field)) is { } wrong
                ? KlaviyoErrors.InvalidParameter($"'{wrong}' is not a valid field for the resource '{rules.Resource}'", fieldsParameter)
                : null)
            ?? (additional.FirstOrDefault(field => !rules.AdditionalFields.Contains(field)) is { } none
                ? KlaviyoErrors.InvalidParameter($"'{none}' is not a valid field for the resource '{rules.Resource}'", additionalParameter)
                : null)
            ?? (filterProblem.Length > 0 ? KlaviyoErrors.InvalidParameter(filterProblem, FilterParameter) : null)
            ?? (sort is not null && !rules.Sorts.Contains(sort)
                ? KlaviyoErrors.InvalidParameter($"'{sort}' is not one of {string.Join(", ", rules.Sorts)}", SortParameter)
                : null)
            ?? (hasSize ? null : KlaviyoErrors.InvalidParameter($"Page size must be 1 to {rules.LargestPage}", SizeParameter))
            ?? (hasCursor ? null : KlaviyoErrors.InvalidParameter("Invalid cursor", CursorParameter));
        read = problem is null ? new ResourceQuery(request, [.. fields, .. additional]) { Filters = filters, Sort = sort, Size = size, Start = start } : null;
        return problem is null;
    }

    /// <summary>The address of the page that begins at <paramref name="start"/>, or null when there is none.</summary>
    public string? Next(long? start) => start is { } at
        // Opaque to callers, who follow links.next and never build one.
        ? Link(Convert.ToBase64String(Encoding.ASCII.GetBytes(at.ToString(CultureInfo.InvariantCulture))))
        : null;

    private static KlaviyoError? Unknown(IQueryCollection query, QueryRules rules, string fieldsParameter, string additionalParameter)
    {
        foreach (var name in query.Keys)
        {
            if (rules.NotSimulated.Contains(name))
            {
                return KlaviyoErrors.InvalidParameter($"'{name}' is Klaviyo's, but not simulated", name);
            }

            var isKnown = name == fieldsParameter
                || rules.Others.Contains(name)
                || (name == additionalParameter && rules.AdditionalFields.Length > 0)
                || (name == FilterParameter && (rules.Filters.Length > 0 || rules.HasOwnFilter))
                || (name == SortParameter && rules.Sorts.Length > 0)
                || (name == SizeParameter && rules.LargestPage > 0)
                || (name == CursorParameter && rules.DefaultPage > 0);
            if (!isKnown)
            {
                return KlaviyoErrors.InvalidParameter($"'{name}' is not a valid field for the resource '{rules.Resource}'", name);
            }
        }

        return null;
    }

    private static bool TryReadSize(IQueryCollection query, QueryRules rules, out int size)
    {
        size = rules.DefaultPage;
        return Text(query[SizeParameter]) is not { } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size >= 1 && size <= rules.LargestPage);
    }

    private static bool TryReadCursor(IQueryCollection query, out long? start)
    {
        start = null;
        if (Text(query[CursorParameter]) is not { } cursor)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[64];
        var isRead = Convert.TryFromBase64String(cursor, bytes, out var length)
            & long.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var at);
        start = at;
        return isRead;
    }

    private static string? Text(StringValues values) => values is [{ Length: > 0 } text, ..] ? text : null;

    private string Link(string? cursor)
    {
        var parameters = _request.Query
            .Where(parameter => cursor is null || parameter.Key != CursorParameter)
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value));
        if (cursor is not null)
        {
            parameters = parameters.Append(KeyValuePair.Create(CursorParameter, (string?)cursor));
        }

        return $"{_request.BaseAddress}{_request.Path}{QueryString.Create(parameters)}";
    }
}
