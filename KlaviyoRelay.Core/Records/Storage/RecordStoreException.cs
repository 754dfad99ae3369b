namespace KlaviyoRelay.Core.Records.Storage;

/// <summary>The store of records can't be used: what was to be done is done again later.</summary>
/// <param name="message">Why, and what to look at.</param>
/// <param name="inner">What the store's client said.</param>
public sealed class RecordStoreException(string message, Exception? inner = null) : Exception(message, inner);
