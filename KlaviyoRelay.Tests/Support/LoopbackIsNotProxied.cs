using System.Runtime.CompilerServices;
using KlaviyoRelay.Core.Http;

namespace KlaviyoRelay.Tests.Support;

/// <summary>The tests' own clients ask this machine, also where a proxy is set in the environment.</summary>
internal static class LoopbackIsNotProxied
{
    [ModuleInitializer]
    internal static void Install() => LoopbackBypass.Install();
}
