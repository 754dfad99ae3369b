using System.Globalization;
using KlaviyoRelay.Simulator.Http;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Profiles;

/// <summary><c>GET /api/profiles</c>: filter, page, sparse fields.</summary>
internal static class ProfilesQuery
{
    private const string FieldsParameter = "fields[profile]";
    private const string SizeParameter = "page[size]";
    private const string CursorParameter = "page[cursor]";
    private const int DefaultSize = 20;
    private const int LargestSize = 100;

    private static readonly string[] Simulated = ["filter", FieldsParameter, SizeParameter, CursorParameter];
    private static readonly string[] NotSimulated =
        ["additional-fields[profile]", "fields[conversation]", "fields[push-token]", "include", "sort"];

    public static Answer Answer(SimulatedRequest request, KlaviyoAccount account)
    {
        if (Refuse(request.Query) is { } unknown)
        {
            return unknown.ToAnswer();
        }

        if (!TryReadSize(request.Query, out var size))
        {
            return KlaviyoErrors.InvalidParameter($"Page size must be 1 to {LargestSize}", SizeParameter).ToAnswer();
        }

        if (!TryReadCursor(request.Query, out var offset))
        {
            return KlaviyoErrors.InvalidParameter("Invalid cursor", CursorParameter).ToAnswer();
        }

        var fields = request.Query[FieldsParameter] is [{ Length: > 0 } list, ..] ? list.Split(',') : ProfileDocument.Fields;
        if (fields.FirstOrDefault(field => field != "id" && !ProfileDocument.Fields.Contains(field)) is { } wrong)
        {
            return KlaviyoErrors.InvalidParameter($"'{wrong}' is not a valid field for the resource 'profile'", FieldsParameter).ToAnswer();
        }

        var found = account.Profiles();
        if (request.Query["filter"] is [{ Length: > 0 } text, ..])
        {
            if (ProfileFilterParser.Parse(text, out var problem) is not { } filter)
            {
                return KlaviyoErrors.InvalidParameter(problem, "filter").ToAnswer();
            }

            found = account.Find(filter.Identifiers());
        }

        var page = found.Skip(offset).Take(size).ToArray();
        var next = offset + page.Length < found.Count ? Link(request, Cursor(offset + page.Length)) : null;
        return ProfileDocument.Answer(request.BaseAddress, page, fields, Link(request, null), next);
    }

    private static KlaviyoError? Refuse(IQueryCollection query)
    {
        foreach (var name in query.Keys)
        {
            if (NotSimulated.Contains(name))
            {
                return KlaviyoErrors.InvalidParameter($"'{name}' is Klaviyo's, but not simulated", name);
            }

            if (!Simulated.Contains(name))
            {
                return KlaviyoErrors.InvalidParameter($"'{name}' is not a valid field for the resource 'profile'", name);
            }
        }

        return null;
    }

    private static bool TryReadSize(IQueryCollection query, out int size)
    {
        size = DefaultSize;
        return query[SizeParameter] is not [{ } text, ..]
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= LargestSize);
    }

    private static bool TryReadCursor(IQueryCollection query, out int offset)
    {
        offset = 0;
        if (query[CursorParameter] is not [{ Length: > 0 } cursor, ..])
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[64];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && int.TryParse(bytes[..length], NumberStyles.None, CultureInfo.InvariantCulture, out offset);
    }

    // Opaque to callers, who should follow links.next and never build one.
    private static string Cursor(int offset) =>
        Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(offset.ToString(CultureInfo.InvariantCulture)));

    private static string Link(SimulatedRequest request, string? cursor)
    {
        var parameters = request.Query
            .Where(parameter => cursor is null || parameter.Key != CursorParameter)
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value));
        if (cursor is not null)
        {
            parameters = parameters.Append(KeyValuePair.Create(CursorParameter, (string?)cursor));
        }

        return $"{request.BaseAddress}/api/profiles{QueryString.Create(parameters)}";
    }
}
