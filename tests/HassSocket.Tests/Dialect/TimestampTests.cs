using System.Globalization;
using System.Text;
using HassSocket.Dialect;
using Xunit;

namespace HassSocket.Tests.Dialect;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1795398746.9467502")]
    [InlineData("1795398465.72")]
    [InlineData("1795398465")]
    [InlineData("1795398465.0")]
    [InlineData("1795398746.9999998")]
    [InlineData("1795398746.0000002")]
    [InlineData("0.5")]
    [InlineData("0")]
    [InlineData("99999999999.123456")]
    [InlineData("100000000000")]
    [InlineData("1e9")]
    [InlineData("-12.25")]
    public void Seconds_are_the_same_from_their_digits_and_as_a_number(string digits) => Assert.Equal(
        Timestamp.FromSeconds(double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)),
        Timestamp.FromSeconds(Encoding.UTF8.GetBytes(digits)));

    [Fact]
    public void Seconds_beyond_all_times_are_no_time()
    {
        Assert.Equal(default, Timestamp.FromSeconds("999999999999999999999"u8));
        Assert.Equal(default, Timestamp.FromSeconds("12:30"u8[2..]));
    }
}
