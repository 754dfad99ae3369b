namespace KlaviyoRelay.Dashboard.Watch;

/// <summary>What can be seen.</summary>
internal sealed class WatchRoutes(EventStream stream, EventBoard board, SetupReader setup)
{
    public void Map(DashboardRoutes routes)
    {
        routes.Get("/dashboard/stream", stream.WriteAsync);
        routes.Get("/dashboard/setup", setup.ReadAsync);
        routes.Get("/dashboard/events/{id}", request => Task.FromResult(Find($"{request.RouteValues["id"]}")));
    }

    private DashboardAnswer Find(string id) => board.Find(id) is { } found
        ? DashboardAnswer.Of(found, DashboardJson.Default.EventDetail)
        : DashboardAnswer.Problem(StatusCodes.Status404NotFound, $"That event is not remembered: only the last {EventBoard.MaxEvents} are. If it waits, it is among the dead letters.");
}
