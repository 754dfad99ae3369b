namespace KlaviyoRelay.Core.Settings;

/// <summary>Base addresses of APIs: https, or plain http on loopback only, because keys travel with every request.</summary>
public static class BaseAddress
{
    public const string Expected = "an https:// address without query (plain http:// on loopback only)";

    /// <summary>The address with a slash at its end, so that relative paths are added to it; null when it is not acceptable.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? new Uri(uri.AbsoluteUri.TrimEnd('/') + "/")
            : null;

    /// <summary>As <see cref="Parse"/>, for a setting that has been validated.</summary>
    public static Uri Of(string text) =>
        Parse(text) ?? throw new ArgumentException($"The address should be {Expected}.", nameof(text));
}
