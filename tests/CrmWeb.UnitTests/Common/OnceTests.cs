using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;

namespace CrmWeb.UnitTests.Common;

public sealed class OnceTests
{
    private const string Key = "0A1B";
    private const long Made = 42;

    private readonly Mock<IIdempotencyKeys> keys = new();
    private readonly Operation operation = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Once Once => new(keys.Object, operation);

    [Fact]
    public async Task A_request_without_a_key_is_always_new()
    {
        Assert.Equal(Made, await Once.MakeAsync(key: null, () => Task.FromResult(Made), Ct));
        Assert.Equal(Made + 1, await Once.MakeAsync(key: null, () => Task.FromResult(Made + 1), Ct));
        keys.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task The_first_makes_and_its_save_is_given_the_key()
    {
        string? given = null;

        Assert.Equal(Made, await Once.MakeAsync(Key, () => { given = operation.Key; return Task.FromResult(Made); }, Ct));

        Assert.Equal((Key, null), (given, operation.Key));
    }

    [Fact]
    public async Task The_second_makes_nothing()
    {
        Known();

        Assert.Equal(Made, await Once.MakeAsync(Key, () => throw new InvalidOperationException("made again"), Ct));
    }

    [Fact]
    public async Task Of_two_at_once_the_one_that_is_refused_gets_what_the_other_made()
    {
        Assert.Equal(Made, await Once.MakeAsync(Key, () => { Known(); throw new RuleException([new("Error.Taken")]); }, Ct));
    }

    [Fact]
    public async Task A_refusal_of_its_own_is_told_and_leaves_no_key_behind()
    {
        await Assert.ThrowsAsync<RuleException>(() => Once.MakeAsync(Key, () => throw new RuleException([new("Error.Required", "Name")]), Ct));

        Assert.Null(operation.Key);
    }

    private void Known() => keys.Setup(k => k.FindAsync(Key, It.IsAny<CancellationToken>())).ReturnsAsync(Made);
}
