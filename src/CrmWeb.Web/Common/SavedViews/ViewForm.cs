using System.ComponentModel.DataAnnotations;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;

namespace CrmWeb.Web.Common.SavedViews;

/// <summary>A view under its name.</summary>
[TextsOf("SavedView")]
public sealed class ViewForm
{
    public Guid Version { get; set; }

    [Required, StringLength(60)]
    public string? Name { get; set; }

    [Required]
    public Audience? Audience { get; set; } = Domain.Common.Audience.Me;

    /// <summary>State of the list it is made from; null when only name and audience change.</summary>
    [StringLength(4000)]
    public string? Query { get; set; }

    // What the page shows around it; never taken from the request.
    internal RecordType? Type { get; set; }
    internal long? Id { get; set; }
    internal bool MayShare { get; set; }

    public ViewInput ToInput() => new(Name ?? "", Audience!.Value, Id is null ? Query ?? "" : null);
}
