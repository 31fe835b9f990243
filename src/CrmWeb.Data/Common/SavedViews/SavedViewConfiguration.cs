namespace CrmWeb.Data.Common;

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> view)
    {
        view.ToTable("SavedViews");
        view.HasOne(v => v.Owner).WithMany().HasForeignKey(v => v.OwnerId);
        view.HasIndex(v => new { v.Type, v.OwnerId });
    }
}

internal sealed class ViewStateConfiguration : IEntityTypeConfiguration<ViewState>
{
    public void Configure(EntityTypeBuilder<ViewState> state)
    {
        state.ToTable("ViewStates");
        state.HasKey(s => new { s.UserId, s.Type, s.View });
    }
}
