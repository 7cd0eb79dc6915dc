using System.Globalization;

namespace HassSocket.Testing.Simulator;

/// <summary>Numbers that are set, and counters.</summary>
internal static class NumberServices
{
    public static void Teach(House house)
    {
        foreach (var domain in (string[])["input_number", "number"])
            house.TeachEach(domain, "set_value", work => Set(work, work.Data["value"].Number() ?? 0));
        house.TeachEach("input_number", "increment", work => Set(work, Now(work) + Step(work)));
        house.TeachEach("input_number", "decrement", work => Set(work, Now(work) - Step(work)));
        house.TeachEach("counter", "increment", work => Count(work, Now(work) + Step(work)));
        house.TeachEach("counter", "decrement", work => Count(work, Now(work) - Step(work)));
        house.TeachEach("counter", "reset", work => Count(work, work.Attributes["initial"].Number() ?? 0));
        house.TeachEach("counter", "set_value", work => Count(work, work.Data["value"].Number() ?? 0));
    }

    private static void Set(EntityWork work, double value)
    {
        var (min, max) = (work.Attributes["min"].Number(), work.Attributes["max"].Number());
        if (value < min || value > max)
        {
            throw Errors.InvalidFormat(
                $"Invalid value for {work.Entity.EntityId}: {value.Invariant()} (range {min?.Invariant()} - {max?.Invariant()})");
        }

        work.Set(value.Invariant());
    }

    private static void Count(EntityWork work, double value)
    {
        var bounded = Math.Clamp(value, work.Attributes["minimum"].Number() ?? double.MinValue, work.Attributes["maximum"].Number() ?? double.MaxValue);
        work.Set(((long)bounded).ToString(CultureInfo.InvariantCulture));
    }

    private static double Now(EntityWork work)
        => double.TryParse(work.Entity.State, CultureInfo.InvariantCulture, out var now) ? now : 0;

    private static double Step(EntityWork work) => work.Attributes["step"].Number() ?? 1;
}
