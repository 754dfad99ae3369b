using KlaviyoRelay.Worlds.Draws;

namespace KlaviyoRelay.Worlds.Plans;

/// <summary>Draws who writes when: quiet hours, busy ones, and rushes in which many write within a minute.</summary>
internal static class TalkDrawer
{
    // Gladly is not asked about a conversation that is younger than 20 s (ARCHITECTURE.md, "What is true now").
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(25);

    public static IReadOnlyList<Talk> Draw(Dice dice, TimeSpan length, int count)
    {
        var hours = Hours(dice, length);
        var customers = new List<Customer>();
        // No two things of one customer happen in one second, so that each can be told from the others.
        var seconds = new HashSet<(string Customer, long Second)>();
        var talks = new List<Talk>(count);
        for (var number = 0; number < count; number++)
        {
            var customer = customers.Count > 0 && dice.Chance(0.5) ? dice.Pick(customers) : Add(customers, dice, length);
            var opened = hours[dice.Below(hours.Count)] + dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(1));
            var talk = new Talk(
                number,
                customer,
                [.. Steps(dice, customer, opened < length ? opened : length, seconds)],
                dice.Chance(0.2) ? dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(15)) : TimeSpan.Zero);
            talks.Add(talk);
            // Two brands have the customer's case, and one agent works on both at once: each account's session relays one.
            if (customer.Connection == Names.Brands && number + 1 < count && dice.Chance(0.15))
            {
                number++;
                talks.Add(talk with { Number = number, Steps = [.. talk.Steps.Select(step => step with { Brand = Names.BrandNames.First(brand => brand != step.Brand) })] });
            }
        }

        return talks;
    }

    /// <summary>Minutes, each as often as it is busy.</summary>
    private static List<TimeSpan> Hours(Dice dice, TimeSpan length)
    {
        var minutes = new List<TimeSpan>();
        var busy = 1;
        for (var minute = 0; minute < length.TotalMinutes; minute++)
        {
            busy = minute % 30 == 0 ? dice.Pick(0, 1, 1, 3) : busy;
            var weight = dice.Chance(0.004) ? 60 : busy;
            minutes.AddRange(Enumerable.Repeat(TimeSpan.FromMinutes(minute), weight));
        }

        return minutes.Count > 0 ? minutes : [TimeSpan.Zero];
    }

    private static Customer Add(List<Customer> customers, Dice dice, TimeSpan length)
    {
        var number = customers.Count;
        var connection = dice.Pick(Names.Connections);
        // A generic helpdesk's webhook holds one email.
        var emails = connection == Names.Desk ? 1 : dice.Pick(1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 5);
        var customer = new Customer(
            connection,
            number,
            [.. Enumerable.Range(1, emails).Select(place => Email(dice, number, place))],
            MergedAt: connection == Names.Gladly && dice.Chance(0.02) ? dice.Between(TimeSpan.Zero, length) : null,
            DeletedAt: connection != Names.Desk && dice.Chance(0.01) ? dice.Between(TimeSpan.Zero, length) : null);
        customers.Add(customer);
        return customer;
    }

    private static string Email(Dice dice, int number, int place)
    {
        var name = FormattableString.Invariant($"{(dice.Chance(0.01) ? "refused" : "ann")}.{number}.{place}");
        return dice.Chance(0.1) ? $"{name.ToUpperInvariant()}@ZQ9-Mail.shop" : $"{name}@zq9-mail.shop";
    }

    private static IEnumerable<Step> Steps(Dice dice, Customer customer, TimeSpan opened, HashSet<(string Customer, long Second)> seconds)
    {
        var time = opened;
        var brand = customer.Connection == Names.Brands ? dice.Pick(Names.BrandNames) : null;
        yield return Next(StepKind.Opened);
        // The generic helpdesk tells times by the minute.
        var shortest = customer.Connection == Names.Desk ? TimeSpan.FromMinutes(2) : Shortest;
        for (var turn = 0; turn < 3; turn++)
        {
            if (dice.Chance(0.2))
            {
                yield break;
            }

            // A program answers at once: the generic helpdesk then tells one time for both.
            if (customer.Connection == Names.Desk && turn == 0 && time.Seconds < 59 && dice.Chance(0.2))
            {
                time += TimeSpan.FromSeconds(1);
                yield return new Step(StepKind.Closed, time, brand);
            }
            else
            {
                time += shortest + dice.About(dice.Pick(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(40)));
                yield return Next(StepKind.Closed);
            }

            if (customer.Connection is Names.Kustomer or Names.Brands && turn == 0 && dice.Chance(0.2))
            {
                time += TimeSpan.FromSeconds(2) + dice.About(TimeSpan.FromMinutes(5));
                yield return Next(StepKind.Rated);
            }

            if (!dice.Chance(0.15))
            {
                yield break;
            }

            time += shortest + dice.About(TimeSpan.FromMinutes(5));
            yield return Next(StepKind.Reopened);
        }

        Step Next(StepKind kind)
        {
            var unit = customer.Connection == Names.Desk ? 60 : 1;
            while (!seconds.Add((customer.Id, (long)time.TotalSeconds / unit)))
            {
                time += TimeSpan.FromSeconds(unit);
            }

            brand = brand is not null && kind != StepKind.Opened && dice.Chance(0.1) ? dice.Pick(Names.BrandNames) : brand;
            return new Step(kind, time, brand);
        }
    }
}
