using System.Linq.Expressions;
using System.Reflection;
using KlaviyoRelay.Core.Clocks;
using KlaviyoRelay.LocalHost.Queues;
using KlaviyoRelay.LocalHost.Settings;
using KlaviyoRelay.LocalHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace KlaviyoRelay.LocalHost.Functions;

/// <summary>Finds the functions by their attributes, exactly as the Functions host does, so that nothing is wired twice.</summary>
internal sealed class FunctionCatalog(IServiceProvider services, IConfiguration configuration)
{
    public List<HttpFunction> Http { get; } = [];

    public List<QueueFunction> Queues { get; } = [];

    public List<TimerFunction> Timers { get; } = [];

    public static IEnumerable<Type> FunctionClasses(Assembly assembly) => assembly.GetTypes().Where(type => Methods(type).Any());

    /// <summary>The functions of these classes, without those that are disabled by <c>AzureWebJobs.{name}.Disabled</c>.</summary>
    public static FunctionCatalog Of(IEnumerable<Type> classes, IServiceProvider services, IConfiguration configuration)
    {
        var catalog = new FunctionCatalog(services, configuration);
        foreach (var method in classes.SelectMany(Methods))
        {
            catalog.Add(method);
        }

        return catalog;
    }

    private static IEnumerable<MethodInfo> Methods(Type type) =>
        type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.IsDefined(typeof(FunctionAttribute)));

    private void Add(MethodInfo method)
    {
        var name = method.GetCustomAttribute<FunctionAttribute>()?.Name ?? method.Name;
        if (configuration.GetValue($"AzureWebJobs.{name}.Disabled", defaultValue: false))
        {
            return;
        }

        foreach (var parameter in method.GetParameters())
        {
            if (parameter.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
            {
                Http.Add(new HttpFunction(
                    name,
                    [.. (http.Methods ?? []).Select(verb => verb.ToUpperInvariant())],
                    http.Route ?? name,
                    http.AuthLevel == AuthorizationLevel.Anonymous,
                    Bind(method)));
            }
            else if (parameter.GetCustomAttribute<ServiceBusTriggerAttribute>() is { } queue)
            {
                Queues.Add(new QueueFunction(name, Resolve(queue.QueueName), queue.IsSessionsEnabled, BatchOf(method)));
            }
            else if (parameter.GetCustomAttribute<TimerTriggerAttribute>() is { } timer)
            {
                Timers.Add(new TimerFunction(name, ScheduleOf(name, timer), timer.RunOnStartup, (Func<TimerInfo, CancellationToken, Task>)Bind(method)));
            }
        }
    }

    private Func<string[], CancellationToken, Task> BatchOf(MethodInfo method) => Bind(method) switch
    {
        Func<string[], ServiceBusSessionMessageActions, CancellationToken, Task> ofSession => (messages, cancellationToken) => ofSession(messages, new LocalSession(), cancellationToken),
        var batch => (Func<string[], CancellationToken, Task>)batch,
    };

    private Delegate Bind(MethodInfo method)
    {
        var types = method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).ToArray();
        var instance = services.GetRequiredService(method.DeclaringType ?? typeof(object));
        return method.CreateDelegate(Expression.GetDelegateType(types), instance);
    }

    private CronSchedule ScheduleOf(string function, TimerTriggerAttribute timer)
    {
        var own = $"{LocalHostOptions.SectionName}:{nameof(LocalHostOptions.Schedules)}:{function}";
        var (setting, schedule) = configuration[own] is { } faster ? (own.Replace(":", "__", StringComparison.Ordinal), faster) : (timer.Schedule, Resolve(timer.Schedule));
        try
        {
            return CronSchedule.Parse(schedule);
        }
        catch (FormatException exception)
        {
            throw new OptionsValidationException(setting, typeof(CronSchedule), [$"{setting.Trim('%')} is wrong. {exception.Message}"]);
        }
    }

    /// <summary><c>%Name%</c> stands for a setting.</summary>
    private string Resolve(string text) => text is ['%', .. var name, '%']
        ? configuration[name.Replace("__", ":", StringComparison.Ordinal)]
            ?? throw new InvalidOperationException($"{name} is missing: a function's trigger asks for it.")
        : text;
}

/// <summary>A function that an HTTP request triggers. On Azure, who calls one that is not anonymous needs a key.</summary>
internal sealed record HttpFunction(string Name, IReadOnlyList<string> Methods, string Route, bool IsAnonymous, Delegate Handler);

/// <summary>What a function may do with its batch's session: the local host renews its lock and lets it go after each batch by itself.</summary>
internal sealed class LocalSession : ServiceBusSessionMessageActions
{
    public override DateTimeOffset SessionLockedUntil => DateTimeOffset.MaxValue;

    public override Task ReleaseSession(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
