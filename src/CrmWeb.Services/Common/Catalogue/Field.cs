using System.Linq.Expressions;

namespace CrmWeb.Services.Common;

/// <summary>What a field holds: decides its control, its operators, how it is parsed and written.</summary>
public enum FieldKind { Title, Text, LongText, Email, Phone, Url, Country, Language, Currency, Tags, Reaches, Addresses, Whole, Number, Money, Day, Moment, Flag, Choice, Choices, Reference }

/// <summary>What a field is good for.</summary>
[Flags]
public enum FieldUse { None = 0, List = 1, Filter = 2, Sort = 4, Form = 8, Import = 16, Export = 32, Bulk = 64, Inline = 128, Quick = 256, Total = 512, Search = 1024 }

/// <summary>One field of a record type, described once: forms, lists, filters, imports, exports and the audit are derived from it.</summary>
public sealed class Field
{
    private readonly Func<Record, object?> get;
    private readonly Action<Record, object?>? set;

    internal Field(string type, LambdaExpression value, FieldKind kind, FieldUse use)
    {
        Property = PropertyOf(value.Body);
        (Kind, Use, Value) = (kind, use, value);
        Key = KeyOf(Property, kind);
        Label = $"{type}.{Property}";
        IsOwn = value.Body is MemberExpression { Expression: ParameterExpression };
        get = Getter(value, IsOwn);
        set = Setter(value);
    }

    /// <summary>Name in addresses, mappings and the API: "annualRevenue", "owner".</summary>
    public string Key { get; internal set; }

    /// <summary>Name of the entity's property: under it rules report, and audit rows keep it.</summary>
    public string Property { get; }

    /// <summary>Resource key of what people call it.</summary>
    public string Label { get; internal set; }
    public FieldKind Kind { get; }
    public FieldUse Use { get; internal set; }

    /// <summary>From the record to the value, as the database can work it out.</summary>
    public LambdaExpression Value { get; internal set; }

    /// <summary>It follows from other fields and has no column.</summary>
    public bool IsDerived { get; internal set; }

    /// <summary>What a list sorts by, where that is not the value itself.</summary>
    public LambdaExpression? SortBy { get; internal set; }

    /// <summary>Further values that its cell shows: the currency of an amount, the name of a reference, a second line.</summary>
    public IReadOnlyList<LambdaExpression> Extras { get; internal set; } = [];

    /// <summary>Name of the record type a reference leads to.</summary>
    public string? Reference { get; internal set; }

    /// <summary>Section of the form.</summary>
    public string Group { get; internal set; } = "Other";
    public bool IsRequired { get; internal set; }
    public int? MaxLength { get; internal set; }

    /// <summary>Choices, for <see cref="FieldKind.Choice"/> and <see cref="FieldKind.Choices"/>.</summary>
    public Type? Choices { get; internal set; }

    /// <summary>What can be chosen; where several can, "none of them" is no choice.</summary>
    public IEnumerable<Enum> ChoiceValues => Enum.GetValues(Choices!).Cast<Enum>().Where(v => Kind != FieldKind.Choices || Convert.ToInt32(v, System.Globalization.CultureInfo.InvariantCulture) != 0);

    /// <summary>Other words people use for the field in the heads of their files, folded.</summary>
    public IReadOnlyList<string> Aliases { get; internal set; } = [];

    public Type ValueType => Value.Body.Type;
    public bool CanSet => set is not null;

    /// <summary>A property of the record itself, not of one it leads to.</summary>
    public bool IsOwn { get; }

    public bool Has(FieldUse use) => (Use & use) == use;

    public object? Get(Record record) => get(record);

    /// <summary>Puts a typed value into the record; life-cycle fields have no setter.</summary>
    public void Set(Record record, object? value) =>
        (set ?? throw new InvalidOperationException($"{Label} is changed by its own action."))(record, value);

    private static string PropertyOf(Expression body) => body switch
    {
        MemberExpression member => member.Member.Name,
        UnaryExpression { NodeType: ExpressionType.Convert, Operand: MemberExpression member } => member.Member.Name,
        _ => throw new ArgumentException("A field is a property.", nameof(body)),
    };

    private static string KeyOf(string property, FieldKind kind)
    {
        var name = kind == FieldKind.Reference && property.EndsWith("Id", StringComparison.Ordinal) ? property[..^2] : property;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static Func<Record, object?> Getter(LambdaExpression value, bool isOwn)
    {
        if (!isOwn)
            return _ => throw new InvalidOperationException("The value is another record's.");

        var record = Expression.Parameter(typeof(Record));
        var body = new Replace(value.Parameters[0], Expression.Convert(record, value.Parameters[0].Type)).Visit(value.Body);
        return Expression.Lambda<Func<Record, object?>>(Expression.Convert(body, typeof(object)), record).Compile();
    }

    private static Action<Record, object?>? Setter(LambdaExpression value)
    {
        if (value.Body is not MemberExpression { Expression: ParameterExpression, Member: System.Reflection.PropertyInfo { SetMethod.IsPublic: true } property })
            return null;

        var (record, typed) = (Expression.Parameter(typeof(Record)), Expression.Parameter(typeof(object)));
        var assign = Expression.Assign(Expression.Property(Expression.Convert(record, value.Parameters[0].Type), property), Expression.Convert(typed, property.PropertyType));
        return Expression.Lambda<Action<Record, object?>>(assign, record, typed).Compile();
    }

    private sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
