using System.Buffers.Binary;
using System.Security.Cryptography;
using KlaviyoRelay.Core.Conversations.Relaying;

namespace KlaviyoRelay.Tests.Conversations.Relaying;

public sealed class RecentIdsTests
{
    private readonly RecentIds _ids = new();

    [Fact]
    public void Id_is_new_once()
    {
        _ids.Add(Hash(1)).ShouldBeTrue();
        _ids.Add(Hash(2)).ShouldBeTrue();
        _ids.Add(Hash(1)).ShouldBeFalse();
    }

    [Fact]
    public void Nearly_all_of_the_last_20000_are_known_again()
    {
        Add(0, 60_000);

        Enumerable.Range(40_000, 20_000).Count(number => _ids.Add(Hash(number))).ShouldBeLessThan(3);
    }

    [Fact]
    public void Oldest_is_forgotten_when_many_came_after_it()
    {
        Add(0, 200_000);

        _ids.Add(Hash(0)).ShouldBeTrue();
    }

    private void Add(int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            _ids.Add(Hash(number));
        }
    }

    private static ulong Hash(int number) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(BitConverter.GetBytes(number)));
}
