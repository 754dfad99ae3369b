using System.Reflection;
using KlaviyoRelay.Functions.Embedded;

namespace KlaviyoRelay.Tests.Contracts;

/// <summary>
/// The embedded attributes have the shape of the Functions worker's: what compiles against them compiles against
/// Microsoft.Azure.Functions.Worker 2.52, .Extensions.Http 3.3, .Extensions.ServiceBus 5.24 and .Extensions.Timer 4.3.
/// </summary>
public sealed class EmbeddedAttributesTests
{
    [Theory]
    [InlineData(typeof(FunctionAttribute), "String name")]
    [InlineData(typeof(HttpTriggerAttribute), "AuthorizationLevel authLevel, params String[] methods")]
    [InlineData(typeof(ServiceBusTriggerAttribute), "String queueName")]
    [InlineData(typeof(TimerTriggerAttribute), "String schedule")]
    [InlineData(typeof(TimerInfo), "")]
    public void Constructor_is_one_of_the_workers(Type type, string parameters) =>
        string.Join(", ", type.GetConstructors().ShouldHaveSingleItem().GetParameters().Select(Describe)).ShouldBe(parameters);

    [Theory]
    [InlineData(typeof(FunctionAttribute), "")]
    [InlineData(typeof(HttpTriggerAttribute), "Route:String")]
    [InlineData(typeof(ServiceBusTriggerAttribute), "Connection:String IsBatched:Boolean IsSessionsEnabled:Boolean")]
    [InlineData(typeof(TimerTriggerAttribute), "RunOnStartup:Boolean")]
    [InlineData(typeof(TimerInfo), "IsPastDue:Boolean")]
    public void Settable_properties_are_the_workers(Type type, string properties) =>
        string.Join(' ', OwnProperties(type).Where(property => property.CanWrite).Select(property => $"{property.Name}:{property.PropertyType.Name}"))
            .ShouldBe(properties);

    [Theory]
    [InlineData(typeof(FunctionAttribute), "Name")]
    [InlineData(typeof(HttpTriggerAttribute), "AuthLevel Methods Route")]
    [InlineData(typeof(ServiceBusTriggerAttribute), "Connection IsBatched IsSessionsEnabled QueueName")]
    [InlineData(typeof(TimerTriggerAttribute), "RunOnStartup Schedule")]
    public void Everything_that_was_given_can_be_read(Type type, string properties) =>
        string.Join(' ', OwnProperties(type).Select(property => property.Name).Order(StringComparer.Ordinal)).ShouldBe(properties);

    [Theory]
    [InlineData(typeof(FunctionAttribute), AttributeTargets.Method)]
    [InlineData(typeof(HttpTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(ServiceBusTriggerAttribute), AttributeTargets.Parameter)]
    [InlineData(typeof(TimerTriggerAttribute), AttributeTargets.Parameter)]
    public void Attribute_stands_where_the_workers_may_stand(Type type, AttributeTargets targets)
    {
        var usage = type.GetCustomAttribute<AttributeUsageAttribute>().ShouldNotBeNull();

        usage.ValidOn.ShouldBe(targets);
        usage.AllowMultiple.ShouldBeFalse();
    }

    [Fact]
    public void Authorization_levels_are_the_workers() =>
        Enum.GetValues<AuthorizationLevel>().ToDictionary(level => level.ToString(), level => (int)level).ShouldBe(
            new Dictionary<string, int> { ["Anonymous"] = 0, ["User"] = 1, ["Function"] = 2, ["System"] = 3, ["Admin"] = 4 },
            ignoreOrder: true);

    [Fact]
    public void Nothing_else_is_embedded() =>
        typeof(FunctionAttribute).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(FunctionAttribute).Namespace)
            .Select(type => type.Name)
            .ShouldBe(
                ["AuthorizationLevel", "FunctionAttribute", "HttpTriggerAttribute", "ServiceBusTriggerAttribute", "TimerInfo", "TimerTriggerAttribute"],
                ignoreOrder: true);

    private static string Describe(ParameterInfo parameter) =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{parameter.ParameterType.Name} {parameter.Name}";

    private static PropertyInfo[] OwnProperties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
}
