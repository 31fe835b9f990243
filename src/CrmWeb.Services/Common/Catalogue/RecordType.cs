using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;

namespace CrmWeb.Services.Common;

/// <summary>A kind of record as the product's mechanisms see it: what it is called, where it lives, which fields it has.</summary>
public abstract class RecordType
{
    private readonly List<Field> fields = [];

    private protected RecordType(Type entity, string path, string icon) => (Entity, Path, Icon) = (entity, path, icon);

    public Type Entity { get; }

    /// <summary>The domain's term: "Customer". Rights, audit and timeline know the type by it.</summary>
    public string Name => Entity.Name;

    /// <summary>First part of the addresses: "customers".</summary>
    public string Path { get; }
    public string Icon { get; }
    public IReadOnlyList<Field> Fields => fields;

    /// <summary>Keys of the columns a list shows at first.</summary>
    public IReadOnlyList<string> Columns { get; protected init; } = [];

    /// <summary>Key of the field a list is sorted by at first, and the way.</summary>
    public (string Key, bool Descending) Order { get; protected init; }

    /// <summary>Lists that come with the product.</summary>
    public IReadOnlyList<SystemView> Views { get; protected init; } = [];

    /// <summary>By which values an import recognises a record that is here already, the surest first; none makes every row a new one.</summary>
    public IReadOnlyList<MatchKind> MatchBy { get; protected init; } = [];

    public Field? Find(string key) => fields.Find(f => string.Equals(f.Key, key, StringComparison.Ordinal));

    public Field? FindProperty(string property) => fields.Find(f => string.Equals(f.Property, property, StringComparison.Ordinal));

    /// <summary>Who has the record to look after; null where nobody has.</summary>
    public Field? Person => fields.Find(f => f.Reference == "User" && f.Has(FieldUse.Bulk));

    /// <summary>Fields that can be set in many records at once.</summary>
    public IEnumerable<Field> BulkFields => fields.Where(f => f.Has(FieldUse.Bulk) && f.CanSet && f != Person);

    /// <summary>Null where records of the type carry no tags.</summary>
    public Field? Tags => fields.Find(f => f.Kind == FieldKind.Tags && f.CanSet);

    public IEnumerable<Field> With(FieldUse use) => fields.Where(f => f.Has(use));

    /// <summary>Calls back with the type's entity as a type argument.</summary>
    public abstract TResult Accept<TResult>(IRecordTypeVisitor<TResult> visitor);

    private protected void Keep(Field field) => fields.Add(field);
}

/// <summary>A list that comes with the product.</summary>
/// <param name="Key">Name in addresses; the label is "{Type}.View.{Key}".</param>
/// <param name="Query">What it sets, written as <see cref="ListState.Of"/> writes it. "me" stands for the viewer.</param>
public sealed record SystemView(string Key, string Query);

/// <summary>Work that needs the entity of a record type as a type argument.</summary>
public interface IRecordTypeVisitor<out TResult>
{
    TResult Visit<T>(RecordType<T> type) where T : Record;
}

/// <inheritdoc/>
public abstract class RecordType<T>(string path, string icon) : RecordType(typeof(T), path, icon) where T : Record
{
    /// <summary>Which records lists and look-ups show, where that is not all of them.</summary>
    public Expression<Func<T, bool>>? Listed { get; protected init; }

    public override TResult Accept<TResult>(IRecordTypeVisitor<TResult> visitor) => visitor.Visit(this);

    /// <summary>Describes a field. What its property's attributes say about length and need is taken over.</summary>
    protected FieldBuilder<T> Field<TValue>(Expression<Func<T, TValue>> value, FieldKind kind, FieldUse use)
    {
        var field = new Field(Name, value, kind, use);
        var property = (value.Body as MemberExpression)?.Member as PropertyInfo;
        field.IsRequired = property?.GetCustomAttribute<RequiredAttribute>() is not null;
        field.MaxLength = property?.GetCustomAttribute<MaxLengthAttribute>()?.Length;
        var plain = Nullable.GetUnderlyingType(field.ValueType) ?? field.ValueType;
        field.Choices = plain.IsEnum ? plain : null;
        Keep(field);
        return new(field);
    }
}

/// <summary>Adds to the description of a field.</summary>
public sealed class FieldBuilder<T>(Field field) where T : Record
{
    public FieldBuilder<T> In(string group)
    {
        field.Group = group;
        return this;
    }

    public FieldBuilder<T> SortBy<TKey>(Expression<Func<T, TKey>> key)
    {
        (field.SortBy, field.Use) = (key, field.Use | FieldUse.Sort);
        return this;
    }

    public FieldBuilder<T> Shows(params Expression<Func<T, object?>>[] extras)
    {
        field.Extras = [.. extras];
        return this;
    }

    /// <summary>The property follows from others and has no column: lists and filters carry its rule.</summary>
    public FieldBuilder<T> FollowsFrom<TValue>(Expression<Func<T, TValue>> rule)
    {
        (field.Value, field.IsDerived) = (rule, true);
        return this;
    }

    public FieldBuilder<T> LeadsTo(string type, Expression<Func<T, object?>> name)
    {
        (field.Reference, field.Extras) = (type, [name]);
        return this;
    }

    /// <summary>Words of file heads that mean this field, besides its labels.</summary>
    public FieldBuilder<T> AlsoCalled(params string[] aliases)
    {
        field.Aliases = [.. aliases.Select(TextFold.Fold)];
        return this;
    }

    public FieldBuilder<T> As(string key)
    {
        field.Key = key;
        return this;
    }
}

/// <summary>All record types of the product.</summary>
public sealed class RecordCatalogue(IEnumerable<RecordType> types)
{
    private readonly Dictionary<string, RecordType> byName = types.ToDictionary(t => t.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<RecordType> Types => byName.Values;

    public RecordType this[string name] => byName[name];

    public RecordType? Find(string name) => byName.GetValueOrDefault(name);

    public RecordType? FindPath(string path) => byName.Values.FirstOrDefault(t => string.Equals(t.Path, path, StringComparison.Ordinal));

    public RecordType<T> Of<T>() where T : Record => (RecordType<T>)byName[typeof(T).Name];
}
