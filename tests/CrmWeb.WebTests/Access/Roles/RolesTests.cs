using System.Net;
using CrmWeb.Domain.Access;
using CrmWeb.Domain.Customers;
using CrmWeb.WebTests.Common;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.WebTests.Access;

public sealed class RolesTests(CrmApp app)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_built_in_role_is_copied_under_another_name()
    {
        var browser = await app.AsAsync(People.Admin);
        var sales = await RoleAsync(BuiltInRoles.Sales);
        var page = await browser.OpenAsync($"/settings/roles/new?from={sales.Id}");
        Assert.Contains("see their teams’ customers", page.Text, StringComparison.Ordinal);

        page = await page.SubmitAsync("main form.role-form", ("Name", "Sales of the north"));

        Assert.Equal("/settings/roles", page.Location);
        var copy = await app.ReadAsync(db => db.Set<Role>().SingleAsync(r => r.Name == "Sales of the north", Ct));
        Assert.Equal(sales.Grants.OrderBy(g => g.ToString()), copy.Grants.OrderBy(g => g.ToString()));
        Assert.Contains("Sales of the north", (await browser.OpenAsync("/settings/roles")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_built_in_role_is_shown_without_a_form_and_not_taken()
    {
        var browser = await app.AsAsync(People.Admin);
        var sales = await RoleAsync(BuiltInRoles.Sales);

        var page = await browser.OpenAsync($"/settings/roles/{sales.Id}");
        var forged = await browser.PostAsync($"/settings/roles/{sales.Id}", ("Version", sales.Version.ToString()), ("Name", "Sales"), ("Grants", "Customer.View.All"));

        Assert.False(page.Has("form.role-form"));
        Assert.Contains(People.Sales.Name, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.Status);
        Assert.Equal(sales.Version, (await RoleAsync(BuiltInRoles.Sales)).Version);
    }

    [Theory]
    [InlineData("Customer.View.Own", "Customer.Edit.All", "reaches further than")]
    [InlineData("User.Edit.All", "Customer.View.Own", "Choose")]
    [InlineData("Customer.View.4", "<script>", "Choose")]
    public async Task What_makes_no_sense_is_said_beside_the_matrix_and_the_name_stays(string one, string other, string said)
    {
        var answer = await (await app.AsAsync(People.Admin)).PostAsync("/settings/roles", ("Name", "Odd one"), ("Grants", one), ("Grants", other));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Odd one"), (answer.Status, answer.Value("Name")));
        Assert.Contains(said, answer.ErrorFor("Grants"), StringComparison.Ordinal);
        Assert.Equal(0, await app.ReadAsync(db => db.Set<Role>().CountAsync(r => r.Name == "Odd one", Ct)));
    }

    [Fact]
    public async Task A_preview_tells_who_would_see_how_much_keeps_what_is_typed_and_saves_nothing()
    {
        var role = await app.AddAsync(new Role { Name = "Preview role", Grants = [new("Customer", Domain.Common.RecordAction.View, Scope.All)] });
        var person = await People.AddAsync(app, "Petra Preview", role);
        await app.AddAsync(new Customer { Name = "Not Petra's AB" });

        var page = await (await app.AsAsync(People.Admin)).PostAsync($"/settings/roles/{role.Id}/preview", ("Version", role.Version.ToString()), ("Name", "Typed name"), ("Grants", "Customer.View.Own"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("View, customers: All → Own", page.TextOf(".preview"), StringComparison.Ordinal);
        Assert.Contains(person.Name, page.TextOf(".preview"), StringComparison.Ordinal);
        Assert.Contains("0 then", page.TextOf(".preview"), StringComparison.Ordinal);
        Assert.Equal("Typed name", page.Value("Name"));
        Assert.NotNull(page.Document.QuerySelector("option[value='Customer.View.Own'][selected]"));
        Assert.Equal("Preview role", await app.ReadAsync(db => db.Set<Role>().Where(r => r.Id == role.Id).Select(r => r.Name).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_role_nobody_has_is_deleted_by_its_page()
    {
        var role = await app.AddAsync(new Role { Name = "Unused role" });
        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/roles/{role.Id}");

        page = await page.SubmitAsync("main form[action$='/deletion']");

        Assert.Equal("/settings/roles", page.Location);
        Assert.NotNull(await app.ReadAsync(db => db.Set<Role>().Where(r => r.Id == role.Id).Select(r => r.DeletedAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Checking_as_a_user_says_what_he_may_and_by_which_role()
    {
        var page = await (await app.AsAsync(People.Admin)).OpenAsync($"/settings/roles/check?Person={People.Sales.Id}&Type=Customer");

        Assert.Contains("Sam Sales: Customers", page.Text, StringComparison.Ordinal);
        Assert.Contains("In the team North.", page.Text, StringComparison.Ordinal);
        Assert.Contains("View: Team by Sales", page.Text, StringComparison.Ordinal);
        Assert.Contains("Export: None", page.Text, StringComparison.Ordinal);
    }

    private Task<Role> RoleAsync(string builtIn) => app.ReadAsync(db => db.Set<Role>().SingleAsync(r => r.BuiltIn == builtIn, Ct));
}
