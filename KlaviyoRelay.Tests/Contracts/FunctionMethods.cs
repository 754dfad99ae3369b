using System.Reflection;
using KlaviyoRelay.Functions;
using Microsoft.Azure.Functions.Worker;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>The methods of KlaviyoRelay.Functions that a host would run.</summary>
internal static class FunctionMethods
{
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(ReceiveWebhook).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute))),
    ];

    public static Type ClassOf(MethodInfo method) =>
        method.DeclaringType ?? throw new InvalidOperationException($"{method.Name} is not declared by a class.");

    /// <summary>The parameters that carry one kind of trigger.</summary>
    public static IEnumerable<(MethodInfo Method, ParameterInfo Parameter, T Trigger)> TriggeredBy<T>()
        where T : Attribute =>
        from method in All
        from parameter in method.GetParameters()
        let trigger = parameter.GetCustomAttribute<T>()
        where trigger is not null
        select (method, parameter, trigger);
}
