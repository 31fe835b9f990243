using CrmWeb.Domain.Customers;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Customers;

/// <summary>The fields of a file.</summary>
public sealed class AttachmentType : RecordType<Attachment>
{
    public AttachmentType() : base("files", "paperclip")
    {
        Field(f => f.Name, FieldKind.Title, List | Filter | Form).SortBy(f => f.SortKey);
        Field(f => f.CustomerId, FieldKind.Reference, List | Filter).LeadsTo("Customer", f => f.Customer!.Name);
        Field(f => f.CreatedAt, FieldKind.Moment, List | Filter | Sort);

        Columns = ["name", "customer", "createdAt"];
        Order = ("createdAt", true);
    }
}
