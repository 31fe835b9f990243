namespace CrmWeb.Services.Common;

/// <summary>Typed values by field key: what a form, an import row or a call wants a record to hold.</summary>
public sealed class FieldValues : Dictionary<string, object?>
{
    public FieldValues() : base(StringComparer.Ordinal)
    {
    }

    /// <summary>What the record itself holds; not what is reached through other records.</summary>
    public static FieldValues Of(RecordType type, Record record)
    {
        var values = new FieldValues();
        foreach (var field in type.Fields.Where(f => f.IsOwn))
            values[field.Key] = field.Get(record);
        return values;
    }

    /// <summary>Whether both hold the same; lists by their items.</summary>
    public static bool Same(object? a, object? b) => string.Equals(FieldText.Write(a), FieldText.Write(b), StringComparison.Ordinal);

    /// <summary>Puts the values into the record after trying them on a draft: either all rules hold, or nothing is touched.</summary>
    /// <exception cref="RuleException">With everything that is wrong.</exception>
    public void ApplyTo(RecordType type, Record record)
    {
        Rule.RequireNone(CheckOn(type, record));

        Put(type, record);
    }

    /// <summary>What would be wrong with the record if it held the values.</summary>
    public IReadOnlyList<Broken> CheckOn(RecordType type, Record record)
    {
        var draft = record.Draft();
        Put(type, draft);
        return [.. draft.Check()];
    }

    private void Put(RecordType type, Record record)
    {
        foreach (var (key, value) in this)
        {
            if (type.Find(key) is { CanSet: true } field && !Same(field.Get(record), value))
                field.Set(record, value ?? Empty(field));
        }
    }

    private static object? Empty(Field field) => field switch
    {
        { Kind: FieldKind.Tags or FieldKind.Reaches or FieldKind.Addresses } => FieldText.Read(field, text: null),
        { ValueType.IsValueType: true } when Nullable.GetUnderlyingType(field.ValueType) is null => Activator.CreateInstance(field.ValueType),
        _ => null,
    };
}
