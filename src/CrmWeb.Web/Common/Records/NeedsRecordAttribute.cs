using CrmWeb.Domain.Common;

namespace CrmWeb.Web.Common.Records;

/// <summary>The right an action of every record controller needs, on the controller's own record type.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsRecordAttribute(RecordAction action) : Attribute
{
    public RecordAction Action => action;
}
