namespace KlaviyoRelay.Dashboard.Act;

/// <summary>What can be done.</summary>
internal sealed class ActRoutes(LetterActions letters, TryActions samples, FaultActions faults, CheckActions checks)
{
    public void Map(DashboardRoutes routes)
    {
        routes.Get("/dashboard/dead-letters", letters.ListAsync);
        routes.Post("/dashboard/dead-letters/release", DashboardJson.Default.LetterChoice, letters.ReleaseAsync);
        routes.Post("/dashboard/dead-letters/redrive", DashboardJson.Default.LetterChoice, letters.RedriveAsync);
        routes.Post("/dashboard/try", DashboardJson.Default.TryRequest, samples.PostAsync);
        routes.Post("/dashboard/faults", DashboardJson.Default.FaultSwitch, faults.SwitchAsync);
        routes.Post("/dashboard/check", DashboardJson.Default.CheckRequest, checks.RunAsync);
    }
}
