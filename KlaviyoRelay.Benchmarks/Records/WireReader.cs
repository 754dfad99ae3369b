using System.Buffers.Text;
using System.Collections;
using System.Data.Common;
using System.Text;

namespace KlaviyoRelay.Benchmarks.Records;

/// <summary>
/// A result of a database as a driver hands it over: the values of a row are bytes, and become texts, numbers and truth values
/// when they are asked for. There is no database and no network, so that reading costs as little as it can.
/// </summary>
/// <param name="rows">How many rows it has.</param>
/// <param name="changedEach">Of so many rows, one has another value than in the result before; 0 for none.</param>
internal sealed class WireReader(int rows, int changedEach) : DbDataReader
{
    // Rows of different values. The key of each is written anew, so that no two rows share it.
    private static readonly byte[][][] Rows = [.. Enumerable.Range(0, 1000).Select(Encoded)];
    private static readonly int NumberAt = RowWorkload.Email(0).IndexOf('0', StringComparison.Ordinal);
    private static readonly int Tier = RowWorkload.PlaceOf("tier");
    private static readonly byte[] OtherTier = "platinum"u8.ToArray();

    private readonly byte[] _email = Encoding.UTF8.GetBytes(RowWorkload.Email(0));
    private byte[][] _row = [];
    private int _number = -1;

    public override int FieldCount => RowWorkload.Columns.Count;

    public override bool HasRows => rows > 0;

    public override int Depth => 0;

    public override bool IsClosed => false;

    public override int RecordsAffected => 0;

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        if (++_number >= rows)
        {
            return false;
        }

        _row = Rows[_number % Rows.Length];
        Utf8Formatter.TryFormat(_number, _email.AsSpan(NumberAt), out _, new System.Buffers.StandardFormat('D', 9));
        return true;
    }

    public override object GetValue(int ordinal)
    {
        var bytes = ordinal == 0 ? _email : ordinal == Tier && changedEach > 0 && _number % changedEach == 0 ? OtherTier : _row[ordinal];
        return GetDataTypeName(ordinal) switch
        {
            "bigint" => Utf8Parser.TryParse(bytes, out long number, out _) ? number : throw new InvalidCastException(),
            "boolean" => bytes[0] == 't',
            _ => Encoding.UTF8.GetString(bytes),
        };
    }

    public override string GetDataTypeName(int ordinal) => ordinal switch
    {
        9 or 10 => "bigint",
        11 => "boolean",
        _ => "text",
    };

    public override Type GetFieldType(int ordinal) => ordinal switch
    {
        9 or 10 => typeof(long),
        11 => typeof(bool),
        _ => typeof(string),
    };

    public override string GetName(int ordinal) => RowWorkload.Columns[ordinal];

    public override int GetOrdinal(string name) => RowWorkload.PlaceOf(name);

    public override bool IsDBNull(int ordinal) => false;

    public override bool NextResult() => false;

    public override bool GetBoolean(int ordinal) => throw NotAsked();

    public override byte GetByte(int ordinal) => throw NotAsked();

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw NotAsked();

    public override char GetChar(int ordinal) => throw NotAsked();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw NotAsked();

    public override DateTime GetDateTime(int ordinal) => throw NotAsked();

    public override decimal GetDecimal(int ordinal) => throw NotAsked();

    public override double GetDouble(int ordinal) => throw NotAsked();

    public override float GetFloat(int ordinal) => throw NotAsked();

    public override Guid GetGuid(int ordinal) => throw NotAsked();

    public override short GetInt16(int ordinal) => throw NotAsked();

    public override int GetInt32(int ordinal) => throw NotAsked();

    public override long GetInt64(int ordinal) => throw NotAsked();

    public override string GetString(int ordinal) => throw NotAsked();

    public override int GetValues(object[] values) => throw NotAsked();

    public override IEnumerator GetEnumerator() => throw NotAsked();

    private static NotSupportedException NotAsked() => new("The relay asks for values by GetValue.");

    private static byte[][] Encoded(int number) =>
        [.. RowWorkload.Values(number).Append(new string('n', 120)).Select(value => Encoding.UTF8.GetBytes(value.Trim('"')))];
}
