using System.Globalization;
using CrmWeb.Services.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CrmWeb.UnitTests.Common;

public sealed class LocalizerTests : IDisposable
{
    private readonly (CultureInfo Format, CultureInfo Language) before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
    private readonly Localizer texts = new();

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;

    [Theory]
    [InlineData("en", "Save")]
    [InlineData("en-GB", "Save")]
    [InlineData("zh-Hans", "保存")]
    [InlineData("zh-CN", "保存")]
    [InlineData("zh-TW", "保存")]
    [InlineData("fr-FR", "Save")]
    public void The_language_is_the_readers_or_english(string language, string save)
    {
        Read(language, language);

        Assert.Equal(save, texts["Save"]);
    }

    [Fact]
    public void Values_follow_the_format_not_the_language()
    {
        Read(language: "zh-Hans", format: "de-DE");

        Assert.Equal("正在上传 1.234,5", texts["Form.Uploading", 1234.5m.ToString("N1", CultureInfo.CurrentCulture)]);
        Assert.Equal("有 0,5 处需要修正", texts["Form.ToFix.other", 0.5m]);
    }

    [Theory]
    [InlineData("en", 0, "0 things to fix")]
    [InlineData("en", 1, "1 thing to fix")]
    [InlineData("en", 2, "2 things to fix")]
    [InlineData("zh-Hans", 1, "有 1 处需要修正")]
    public void A_number_of_things_takes_its_form(string language, int n, string expected)
    {
        Read(language, language);

        Assert.Equal(expected, texts.Count("Form.ToFix", n));
    }

    [Fact]
    public void Further_values_come_after_the_number()
    {
        Read("en", "en-GB");

        Assert.Equal("Promise 3 days late: Send the offer", texts.Count("Brief.PromiseLate", 3, "Send the offer"));
    }

    [Fact]
    public void A_text_that_is_missing_shows_its_key_and_says_so()
    {
        var text = texts["No.Such.Text", 1];

        Assert.True(text.ResourceNotFound);
        Assert.Equal("No.Such.Text", text.Value);
        Assert.Null(texts.First("No.Such.Text", "Nor.This"));
        Assert.Equal("Save", texts.First("No.Such.Text", "Save")!.Name);
    }

    [Fact]
    public void The_framework_gets_the_same_texts()
    {
        Read("zh-Hans", "zh-CN");
        using var services = new ServiceCollection().AddLocalizer().BuildServiceProvider();

        Assert.Equal("取消", services.GetRequiredService<IStringLocalizer>()["Cancel"]);
        Assert.Equal("取消", services.GetRequiredService<IStringLocalizer<LocalizerTests>>()["Cancel"]);
    }

    private static void Read(string language, string format) => (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) =
        (CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(format));
}
