using CrmWeb.Domain.Customers;

namespace CrmWeb.Services.Customers;

/// <summary>A file keeps the ending of its kind, whatever it is called.</summary>
internal sealed class AttachmentHooks : IRecordHooks<Attachment>
{
    public Task CheckAsync(Attachment draft, FieldValues values, CancellationToken ct)
    {
        Rule.Require(FileTypes.IsOf(draft.Name, draft.MediaType), "File.OtherEnding", nameof(Attachment.Name));
        return Task.CompletedTask;
    }

    public Task BeforeSaveAsync(Attachment record, FieldValues values, bool isNew, CancellationToken ct) => Task.CompletedTask;
}
