using System.IO.Compression;

namespace KlaviyoRelay.Core.Http;

/// <summary>An answer whose compression can't be undone: gzip and deflate say so by one exception, Brotli by another.</summary>
public static class BrokenCompression
{
    private static readonly string? Brotli = typeof(BrotliStream).Assembly.GetName().Name;

    public static bool Is(Exception? exception) =>
        exception is InvalidDataException || (exception is InvalidOperationException && exception.Source == Brotli);
}
