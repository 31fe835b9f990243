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
    private Action<Record, object?>? set;

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

    /// <summary>Whether the user's roles let him read it only.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Whether its value shows outside the catalogue's mechanisms, so that a rule could not hide it: search finds by it, or a brief tells it.</summary>
    public bool IsTold { get; internal set; }

    /// <summary>Whether a role may close it to those who see its record.</summary>
    public bool CanHide => !IsTold && !IsDerived && (CanSet || !IsOwn) && Kind is not (FieldKind.Title or FieldKind.Reference or FieldKind.Email or FieldKind.Phone or FieldKind.Reaches);

    /// <summary>Whether a role may close it to changes.</summary>
    public bool CanLock => CanSet && !IsRequired && Kind is not (FieldKind.Title or FieldKind.Reference);

    public bool Has(FieldUse use) => (Use & use) == use;

    public object? Get(Record record) => get(record);

    /// <summary>Puts a typed value into the record; life-cycle fields have no setter.</summary>
    public void Set(Record record, object? value) =>
        (set ?? throw new InvalidOperationException($"{Label} is changed by its own action."))(record, value);

    /// <summary>The same field for somebody who may only read it.</summary>
    internal Field Locked()
    {
        var locked = (Field)MemberwiseClone();
        (locked.set, locked.IsLocked, locked.Use) = (null, true, Use & ~(FieldUse.Import | FieldUse.Bulk | FieldUse.Inline | FieldUse.Quick));
        return locked;
    }

    /// <summary>The same field without what it would show of hidden ones.</summary>
    internal Field Without(Func<LambdaExpression, bool> isHidden)
    {
        if (!Extras.Any(isHidden))
            return this;

        var shorter = (Field)MemberwiseClone();
        shorter.Extras = [.. Extras.Select(e => isHidden(e) ? Expression.Lambda(Expression.Constant(null, typeof(object)), e.Parameters) : e)];
        return shorter;
    }

    /// <summary>Empties it, and what its cell shows beside it, in an object that is about to be shown.</summary>
    /// <param name="isOpen">Properties that are fields of their own, open to the viewer.</param>
    internal void Clear(object shown, Func<string, bool> isOpen)
    {
        foreach (var property in Extras.Prepend(Value).Select(v => v.Body is UnaryExpression cast ? cast.Operand : v.Body).OfType<MemberExpression>().Select(m => m.Member).OfType<System.Reflection.PropertyInfo>())
        {
            if (!isOpen(property.Name) && property.DeclaringType!.IsInstanceOfType(shown) && property.SetMethod is { IsPublic: true })
                property.SetValue(shown, property.Name == Property ? FieldText.Read(this, text: null) : null); // null is the default of a value type, too
        }
    }

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
