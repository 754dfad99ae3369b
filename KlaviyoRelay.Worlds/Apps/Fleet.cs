using KlaviyoRelay.Worlds.Plans;

namespace KlaviyoRelay.Worlds.Apps;

/// <summary>The relay's processes: which there are, and how they start and end.</summary>
internal sealed class Fleet(World world)
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lives = new(StringComparer.Ordinal);

    public IEnumerable<Instance> Alive => _instances.Values.Where(instance => instance.IsAlive);

    public int Starts => _lives.Values.Sum();

    public void StartAll()
    {
        for (var number = 0; number < world.Plan.Town.Instances; number++)
        {
            Start(TroubleDrawer.InstanceName(number));
        }
    }

    public bool IsAlive(string process) => Alive.Any(instance => instance.Process == process);

    /// <summary>One that takes webhooks, as a load balancer would pick it; null when there is none.</summary>
    public Instance? Pick()
    {
        var taking = 0;
        foreach (var instance in _instances.Values)
        {
            taking += instance.IsTaking ? 1 : 0;
        }

        var left = taking == 0 ? -1 : world.Dice.Below(taking);
        foreach (var instance in _instances.Values)
        {
            if (instance.IsTaking && left-- == 0)
            {
                return instance;
            }
        }

        return null;
    }

    public Instance? Find(string name) => _instances.GetValueOrDefault(name) is { IsAlive: true } instance ? instance : null;

    public void Wake()
    {
        foreach (var instance in _instances.Values)
        {
            if (instance.IsTaking)
            {
                instance.Wake();
            }
        }
    }

    public void Start(string name)
    {
        if (Find(name) is not null)
        {
            return;
        }

        _lives[name] = _lives.GetValueOrDefault(name) + 1;
        var place = int.Parse(name.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
        var writeVersion = world.Plan.Town.WriteVersions[(place + _lives[name]) % world.Plan.Town.WriteVersions.Count];
        var instance = new Instance(world, name, _lives[name], Settings.Of(world.Plan.Town, writeVersion));
        _instances[name] = instance;
        world.Story.Tell($"{name} starts, and writes version {writeVersion}");
        world.Timeline.After(world.Dice.Between(TimeSpan.Zero, StartTime), () => _ = instance.StartAsync());
    }

    public void Stop(string name)
    {
        if (Find(name) is { } instance)
        {
            world.Story.Tell($"{name} is stopped");
            instance.Stop();
        }
    }

    public void Kill(Instance instance)
    {
        world.Story.Tell($"{instance.Name} is killed");
        world.Weather.Disturb();
        instance.End();
    }

    public void EndAll()
    {
        foreach (var instance in Alive.ToList())
        {
            instance.End();
        }
    }
}
