using CrmWeb.Domain.Access;
using CrmWeb.Services.Access;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Access;

public sealed class FreshSignInTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly Mock<ISessions> sessions = new(MockBehavior.Strict);

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public async Task A_password_is_fresh_for_ten_minutes(int minutes, bool isFresh)
    {
        sessions.Setup(s => s.FindAsync(7, It.IsAny<CancellationToken>())).ReturnsAsync(new OpenSession(Session(Noon.AddMinutes(-minutes)), new(1, Guid.Empty, 1), UserMayEnter: true));

        Assert.Equal(isFresh, await Fresh(isDemo: false).IsFreshAsync(7, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task In_the_demo_nobody_is_asked() => Assert.True(await Fresh(isDemo: true).IsFreshAsync(7, TestContext.Current.CancellationToken)); // not even the session: the mock is strict

    [Fact]
    public async Task Without_a_session_nothing_is_fresh()
    {
        sessions.Setup(s => s.FindAsync(7, It.IsAny<CancellationToken>())).ReturnsAsync((OpenSession?)null);

        Assert.False(await Fresh(isDemo: false).IsFreshAsync(7, TestContext.Current.CancellationToken));
    }

    private FreshSignIn Fresh(bool isDemo)
    {
        var clock = new Mock<TimeProvider>();
        clock.Setup(c => c.GetUtcNow()).Returns(Noon);
        return new(sessions.Object, passwords: null!, new Actor(), new SiteOptions { DataPath = "", IsDemo = isDemo }, clock.Object);
    }

    private static Session Session(DateTimeOffset confirmed) => new()
    {
        Id = 7,
        UserId = 1,
        AccessVersion = 1,
        IsKept = true,
        StartedAt = Noon.UtcDateTime.AddDays(-1),
        SeenAt = Noon.UtcDateTime,
        ConfirmedAt = confirmed.UtcDateTime,
    };
}
