using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common.Imports;

public sealed class ImportRunTests
{
    [Fact]
    public void One_that_failed_while_it_wrote_goes_on()
    {
        var run = Checked();
        run.StartRun();
        run.Fail("{}");

        run.StartRun();

        Assert.Equal((ImportState.Running, null, null), (run.State, run.FailedWhile, run.Failure));
    }

    [Fact]
    public void One_that_failed_in_its_check_is_checked_again_first()
    {
        var run = Checked();
        run.StartCheck();
        run.Fail("{}");

        var refused = Assert.Throws<RuleException>(() => run.StartRun());

        Assert.Equal("Import.NeedsCheck", refused.Broken[0].Text);
    }

    [Fact]
    public void Once_its_settings_have_changed_nothing_is_left_to_go_on_with()
    {
        var run = Checked();
        run.StartRun();
        run.Fail("{}");

        run.Change();

        Assert.Equal((ImportState.Draft, false), (run.State, run.CanGoOn));
        Assert.Throws<RuleException>(() => run.StartRun());
    }

    private static ImportRun Checked()
    {
        var run = new ImportRun { RecordType = "Customer", FileName = "firms.csv", Columns = [new(0, "name", "name")] };
        run.StartCheck();
        run.Finish(ImportState.Checked);
        return run;
    }
}
