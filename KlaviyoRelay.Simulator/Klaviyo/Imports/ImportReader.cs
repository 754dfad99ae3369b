using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using KlaviyoRelay.Simulator.Klaviyo.Payloads;
using KlaviyoRelay.Simulator.Klaviyo.Recording;

namespace KlaviyoRelay.Simulator.Klaviyo.Imports;

/// <summary>Reads the body of a job. One wrong profile refuses all of it.</summary>
internal sealed class ImportReader
{
    public const string JobType = "profile-bulk-import-job";
    private const int MostProfiles = 10_000;
    private const int LargestProfile = 100_000;

    private readonly FieldReader _reader = new();
    private readonly BodyReader _body;
    private readonly ProfileReader _profiles;
    private readonly ImportSettings _settings;

    public ImportReader(ImportSettings settings)
    {
        _body = new BodyReader(_reader);
        _profiles = new ProfileReader(_reader, settings.KeepsProfiles);
        _settings = settings;
    }

    public IReadOnlyList<KlaviyoError> Errors => _reader.Errors;

    /// <summary>The job; with any error it must not be accepted.</summary>
    public ImportRequest? Read(ReadOnlyMemory<byte> body)
    {
        using var document = _body.Parse(body);
        if (document is null || _body.Data(document, JobType) is not { } data || Profiles(data) is not { } profiles)
        {
            return null;
        }

        var request = new ImportRequest(Rows(profiles, body), Lists(data));
        // The lack of an identifier is found after everything else, as Klaviyo does it.
        if (Errors.Count == 0)
        {
            RequireIdentifiers(request.Rows, profiles);
        }

        return request;
    }

    private Field? Profiles(Field data)
    {
        _reader.AllowOnly(data, MemberNames.ImportJob, JobType);
        _reader.RequireType(data, JobType);
        if (_reader.Required(data, "attributes", JsonValueKind.Object, JobType) is not { } attributes)
        {
            return null;
        }

        _reader.AllowOnly(attributes, MemberNames.ImportJobAttributes, JobType);
        if (_reader.Required(attributes, "profiles", JsonValueKind.Object, JobType) is not { } holder)
        {
            return null;
        }

        _reader.AllowOnly(holder, MemberNames.Document, JobType);
        if (_reader.Required(holder, "data", JsonValueKind.Array, JobType) is not { } profiles)
        {
            return null;
        }

        if (profiles.Element.GetArrayLength() is 0 or > MostProfiles)
        {
            _reader.Fail(string.Create(CultureInfo.InvariantCulture, $"A job must have 1 to {MostProfiles} profiles"), profiles.Pointer);
            return null;
        }

        return profiles;
    }

    private List<ImportRow> Rows(Field profiles, ReadOnlyMemory<byte> body)
    {
        var rows = new List<ImportRow>(profiles.Element.GetArrayLength());
        foreach (var element in profiles.Element.EnumerateArray())
        {
            var data = new Field(element, At(profiles, rows.Count));
            var sent = Slice(body, element);
            if (sent.Length > LargestProfile)
            {
                _reader.Fail($"A profile must not exceed {LargestProfile / 1000} KB", data.Pointer);
            }

            if (element.ValueKind != JsonValueKind.Object)
            {
                _reader.Fail("Expected an object", data.Pointer);
            }

            var profile = element.ValueKind == JsonValueKind.Object ? _profiles.ReadImported(data) : null;
            // A profile that can't be read keeps its place: indexes are those of the request.
            rows.Add(new ImportRow(profile ?? new NewProfile { Details = new Dictionary<string, ReadOnlyMemory<byte>>() }, sent, Failure(profile, data)));
        }

        return rows;
    }

    /// <summary>Why the import of the profile will fail. A phone that is not taken may refuse the job at once.</summary>
    private KlaviyoError? Failure(NewProfile? profile, Field data)
    {
        if (profile?.PhoneNumber is { } phone && PhoneRules.Problem(phone, _settings.PhoneRegions) is { } problem)
        {
            if (!_settings.RefusesPhones)
            {
                return KlaviyoErrors.Invalid(problem, "/data/attributes/phone_number");
            }

            _reader.Fail(problem, data.Pointer.At("attributes").At("phone_number"));
        }

        return _settings.Failing is { Length: > 0 } failing
            && profile?.Identifiers().Any(identifier => identifier.Value.Contains(failing, StringComparison.OrdinalIgnoreCase)) == true
            ? KlaviyoErrors.Invalid("Simulated failure of this profile.", "/data")
            : null;
    }

    private void RequireIdentifiers(IReadOnlyList<ImportRow> rows, Field profiles)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!rows[i].Profile.HasIdentifier)
            {
                _reader.Fail("At least one identifier is required", At(profiles, i).At("attributes"));
            }
        }
    }

    private List<string> Lists(Field data)
    {
        var ids = new List<string>();
        if (_reader.Optional(data, "relationships", JsonValueKind.Object) is not { } relationships)
        {
            return ids;
        }

        _reader.AllowOnly(relationships, MemberNames.ImportJobRelationships, JobType);
        if (_reader.Optional(relationships, "lists", JsonValueKind.Object) is { } lists
            && _reader.Required(lists, "data", JsonValueKind.Array, JobType) is { } references)
        {
            ids.AddRange(new ReferenceReader(_reader).Read(references, "list"));
        }

        return ids;
    }

    private static FieldPointer At(Field list, int index) => list.Pointer.At(index.ToString(CultureInfo.InvariantCulture));

    /// <summary>The element's own bytes in the body, without a copy.</summary>
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        return body.Span.Overlaps(raw, out var offset) ? body.Slice(offset, raw.Length) : default;
    }
}
