using System.Diagnostics.CodeAnalysis;

namespace KlaviyoRelay.Core.Http;

/// <summary>Either a value, or why there is none. Disposing of it disposes of the value.</summary>
public sealed class Result<T> : IDisposable
    where T : class
{
    internal Result(T? value, DeliveryFailure? failure) => (Value, Failure) = (value, failure);

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    public T? Value { get; }

    public DeliveryFailure? Failure { get; }

    public static implicit operator Result<T>(T value) => new(value, failure: null);

    public static implicit operator Result<T>(DeliveryFailure failure) => new(value: null, failure);

    public void Dispose() => (Value as IDisposable)?.Dispose();
}

/// <summary>Makes results of interfaces, which can't be converted.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value)
        where T : class => new(value, failure: null);

    public static Result<T> Failed<T>(DeliveryFailure failure)
        where T : class => new(value: null, failure);
}
