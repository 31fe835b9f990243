namespace CrmWeb.Services.Common;

/// <summary>Typed values by field key: what a form, an import row or a call wants a record to hold.</summary>
public sealed class FieldValues : Dictionary<string, object?>
{
    public FieldValues() : base(StringComparer.Ordinal)
    {
    }

    /// <summary>What is said of records that may be the same.</summary>
    public DuplicateAnswer Answer { get; set; } = DuplicateAnswer.None;

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
    public IReadOnlyList<Broken> CheckOn(RecordType type, Record record) => [.. DraftOn(type, record).Check()];

    /// <summary>A copy of the record that holds the values.</summary>
    public T DraftOn<T>(RecordType type, T record) where T : Record
    {
        var draft = (T)record.Draft();
        Put(type, draft);
        return draft;
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

/// <summary>What a person says of records that may be the same as the one he writes.</summary>
/// <param name="Why">Why it is another one, where that must be said.</param>
/// <param name="Different">Ids of those that are not the same.</param>
public sealed record DuplicateAnswer(string? Why, IReadOnlyList<long> Different)
{
    public static DuplicateAnswer None { get; } = new(Why: null, []);
}
