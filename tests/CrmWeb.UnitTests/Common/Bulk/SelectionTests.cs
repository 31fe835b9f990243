using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common.Bulk;

/// <summary>Which rows are chosen, from page to page.</summary>
public sealed class SelectionTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly long[] First = [5, 3, 1], Second = [4, 6, 2];

    [Fact]
    public void What_is_ticked_on_one_page_stays_when_another_is_sent()
    {
        var chosen = new Selection();

        chosen.Choose(First, [5, 1], Now);
        chosen.Choose(Second, [2], Now);

        Assert.Equal([1, 2, 5], chosen.Ids);
        Assert.Equal((true, false, true, false), (chosen.Holds(1), chosen.Holds(3), chosen.Holds(2), chosen.Holds(4)));
    }

    [Fact]
    public void What_is_no_longer_ticked_on_its_page_is_dropped()
    {
        var chosen = new Selection();
        chosen.Choose(First, First, Now);

        chosen.Choose(First, [3], Now);

        Assert.Equal([3], chosen.Ids);
    }

    [Fact]
    public void Ticked_rows_that_are_not_of_the_page_are_not_taken()
    {
        var chosen = new Selection();

        chosen.Choose(First, [1, 99], Now);

        Assert.Equal([1], chosen.Ids);
    }

    [Fact]
    public void Of_all_those_are_kept_that_were_unticked()
    {
        var chosen = new Selection();
        chosen.ChooseAll("f.city.is=Oslo", Now);

        chosen.Choose(First, [5, 1], Now);
        chosen.Choose(Second, Second, Now);

        Assert.Equal([3], chosen.Ids);
        Assert.Equal((false, true, true), (chosen.Holds(3), chosen.Holds(4), chosen.Holds(1_000)));

        chosen.Choose(First, First, Now);

        Assert.True(chosen.Holds(3));
        Assert.Empty(chosen.Ids);
    }

    [Fact]
    public void All_of_one_list_is_nothing_in_another_but_single_rows_stay()
    {
        var (all, some) = (new Selection(), new Selection());
        all.ChooseAll("f.city.is=Oslo", Now);
        some.Choose(First, First, Now);

        Assert.Equal((true, false), (all.IsFor("f.city.is=Oslo", Now), all.IsFor("", Now)));
        Assert.True(some.IsFor("f.city.is=Oslo", Now));
        Assert.True(some.IsFor("", Now));
    }

    [Fact]
    public void It_is_forgotten_an_hour_after_its_last_change()
    {
        var chosen = new Selection();
        chosen.Choose(First, First, Now);

        Assert.Equal((true, false), (chosen.IsFor("", Now.AddMinutes(59)), chosen.IsFor("", Now.AddMinutes(60))));
    }

    [Fact]
    public void Nothing_changes_when_it_would_be_more_than_can_be_kept()
    {
        var chosen = new Selection();
        long[] most = [.. Enumerable.Range(1, Selection.MostIds).Select(i => (long)i)];
        chosen.Choose(most, most, Now);

        var refused = Assert.Throws<RuleException>(() => chosen.Choose([20_000], [20_000], Now));

        Assert.Equal("Selection.TooMany", refused.Broken[0].Text);
        Assert.Equal(Selection.MostIds, chosen.Ids.Count);
        Assert.False(chosen.Holds(20_000));
    }

    [Fact]
    public void Each_change_is_another_version()
    {
        var chosen = new Selection();
        chosen.Choose(First, First, Now);
        var before = chosen.Version;

        chosen.Clear(Now);

        Assert.NotEqual(before, chosen.Version);
        Assert.True(chosen.IsEmpty);
    }
}
