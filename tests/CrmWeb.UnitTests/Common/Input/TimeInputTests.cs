using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common.Input;

public sealed class TimeInputTests
{
    [Theory]
    [InlineData("14:30", 14, 30)]
    [InlineData("9:05", 9, 5)]
    [InlineData("1430", 14, 30)]
    [InlineData("2pm", 14, 0)]
    [InlineData("2 pm", 14, 0)]
    [InlineData("2.30 p.m.", 14, 30)]
    [InlineData("12am", 0, 0)]
    [InlineData("12:15 pm", 12, 15)]
    [InlineData("14h", 14, 0)]
    [InlineData("14h30", 14, 30)]
    [InlineData("下午两点半", 14, 30)]
    [InlineData("下午2点", 14, 0)]
    [InlineData("上午十点一刻", 10, 15)]
    [InlineData("晚上八点", 20, 0)]
    [InlineData("十四点三十分", 14, 30)]
    [InlineData("中午12点", 12, 0)]
    [InlineData("１４：３０", 14, 30)]
    public void A_time_is_read_as_people_write_it(string text, int hour, int minute)
    {
        Assert.True(TimeInput.TryParse(text, out var time), text);
        Assert.Equal(new TimeOnly(hour, minute), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("25:00")]
    [InlineData("14:60")]
    [InlineData("13pm")]
    [InlineData("noonish")]
    [InlineData("5")]
    [InlineData("点半")]
    [InlineData("二十五点")]
    public void What_is_no_time_is_refused(string text) => Assert.False(TimeInput.TryParse(text, out _));
}
