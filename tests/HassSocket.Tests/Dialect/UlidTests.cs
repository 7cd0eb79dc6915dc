using System.Text;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class UlidTests
{
    [Theory]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0J")]
    [InlineData("00000000000000000000000000")]
    [InlineData("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("0123456789ABCDEFGHJKMNPQRS")]
    [InlineData("1TVWXYZTVWXYZTVWXYZTVWXYZT")]
    public void An_id_of_128_bits_comes_back_as_it_was_written(string text)
    {
        Assert.True(Ulid.TryRead(Encoding.UTF8.GetBytes(text), out var ulid));
        Assert.Equal(text, ulid.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0")]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0JJ")]
    [InlineData("01m831jdpt56fp0snzgghefx0j")]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0U")]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0I")]
    [InlineData("80000000000000000000000000")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("01M831JDPT56FP0SNZGGHEFX0é")]
    public void A_text_that_would_not_come_back_the_same_is_not_read(string text) =>
        Assert.False(Ulid.TryRead(Encoding.UTF8.GetBytes(text), out _));
}
