using System.Buffers;
using System.Text;
using System.Text.Json;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class EntityBaseReaderTests
{
    private const string Desk = "\"light.desk\":{\"s\":\"on\",\"a\":{\"text\":\"}\\\"\",\"n\":[1]},\"c\":\"01A\",\"lc\":1795398465.7227159}";
    private const string Door = "\"lock.door\":{\"s\":\"locked\",\"a\":{},\"c\":\"01B\",\"lc\":1795398465,\"lu\":1795398465.73}";
    private const string User = "\"light.user\":{\"s\":\"on\",\"a\":{},\"c\":{\"id\":\"01C\",\"parent_id\":null,\"user_id\":\"u\"},\"lc\":1795398465.5}";
    private const string Odd = "\"light.o\\u0064d\":{\"lc\":1795398465.5,\"s\":\"o\\u006e\",\"new\":5}";

    [Theory]
    [InlineData("{\"a\":{" + Desk + "}}", true)]
    [InlineData("{\"a\":{" + Desk + "," + Door + "}}", true)]
    [InlineData("{\"a\":{" + Desk + "," + User + "," + Door + "}}", false)]
    [InlineData("{\"a\":{" + Odd + "," + Desk + "}}", false)]
    [InlineData("{ \"a\" : { " + Desk + " , " + Door + " } }", false)]
    [InlineData("{\"a\":{" + Desk + "},\"r\":[]}", false)]
    [InlineData("""{"a":{}}""", false)]
    [InlineData("{}", false)]
    public void States_of_a_house_are_the_same_however_they_are_written(string json, bool isUsual)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var expected = JsonSerializer.Deserialize(bytes, HassJson.Default.WireEntities)!.ToChange().Added.OrderBy(state => state.EntityId);
        var fold = new EntityFold();

        fold.Fold(new ReadOnlySequence<byte>(bytes), isBase: true);

        Assert.Equal(expected, fold.Table.All().OrderBy(state => state.EntityId));
        Assert.Equal(isUsual, EntityBaseReader.ReadAsWritten(bytes, 1) is not null);
    }

    [Fact]
    public void Base_that_is_cut_off_anywhere_is_never_taken_for_a_whole()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"a\":{" + Desk + "," + Door + "}}");

        for (var length = 0; length < bytes.Length; length++) Assert.Null(EntityBaseReader.ReadAsWritten(bytes.AsMemory(0, length), 1));
    }
}
