using System.ComponentModel.DataAnnotations;
using CrmWeb.Data.Common;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Records;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using static CrmWeb.Services.Common.FieldUse;
using Record = CrmWeb.Domain.Common.Record;

namespace CrmWeb.WebTests.Common.Records;

// A record type of the tests' own: this file is all there is of it. A real one has its texts, a migration and a page of its own besides.
public sealed class Gadget : Record, IOwned, ISearchable
{
    [Required, MaxLength(100)]
    public string Name { get; set => field = Clean(value) ?? ""; } = "";
    public GadgetColour? Colour { get; set; }
    public decimal? Price { get; set; }
    public DateOnly? SoldOn { get; set; }
    public IReadOnlyList<string> Tags { get; set; } = [];
    public long? OwnerId { get; private set; }
    public long? OwnerTeamId { get; private set; }
    public override string Title => Name;
    public IEnumerable<string?> SearchTexts => [Name];
    public IEnumerable<MatchKey> MatchKeys => [new(MatchKind.Name, TextFold.Fold(Name))];
    public void Assign(long? ownerId, long? teamId) => (OwnerId, OwnerTeamId) = (ownerId, teamId);
}

public enum GadgetColour { Red, Green, Blue }

public sealed class GadgetType : RecordType<Gadget>
{
    private const FieldUse Plain = List | Filter | Form | Import | Export | Inline | Quick;

    public GadgetType() : base("gadgets", "package")
    {
        Field(g => g.Name, FieldKind.Title, Plain).SortBy(g => g.SortKey);
        Field(g => g.Colour, FieldKind.Choice, Plain | FieldUse.Bulk);
        Field(g => g.Price, FieldKind.Number, Plain | Sort);
        Field(g => g.SoldOn, FieldKind.Day, Plain | Sort | FieldUse.Bulk);
        Field(g => g.Tags, FieldKind.Tags, Plain);
        Field(g => g.OwnerId, FieldKind.Reference, List | Filter | FieldUse.Bulk).LeadsTo("User", g => null);
        (Columns, Order, MatchBy, Views) = (["name", "colour", "price"], ("name", false), [MatchKind.Name], [new("all", ""), new("red", "f.colour.is=Red")]);
    }
}

internal sealed class GadgetConfiguration : IEntityTypeConfiguration<Gadget>
{
    public void Configure(EntityTypeBuilder<Gadget> gadget)
    {
        gadget.ToTable("Gadgets");
        gadget.IsSearched(place: 900);
        gadget.Property(g => g.Tags).IsJson();
        gadget.HasIndex(g => new { g.SortKey, g.Id });
    }
}

[Route("gadgets")]
public sealed class GadgetsController(RecordPages<Gadget> pages) : RecordController<Gadget>(pages);
