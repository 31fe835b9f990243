namespace CrmWeb.Domain.Access;

/// <summary>What a role leaves of a field where the record itself may be seen or changed. A field without a rule is <see cref="FieldRight.Edit"/>.</summary>
/// <param name="Type">Name of the record type: "Customer".</param>
/// <param name="Field">Name of the property: "AnnualRevenue".</param>
public sealed record FieldRule(string Type, string Field, FieldRight Right)
{
    /// <summary>As forms and the audit write it: "Customer.AnnualRevenue.Read".</summary>
    public override string ToString() => $"{Type}.{Field}.{Right}";
}

/// <summary>How far a field is open: not there at all, to be read, to be changed with its record. Each holds the ones before.</summary>
public enum FieldRight { None, Read, Edit }
