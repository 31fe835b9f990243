using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using CrmWeb.Domain.Access;

namespace CrmWeb.Services.Common;

/// <summary>A kind of record as the product's mechanisms see it: what it is called, where it lives, which fields it has.</summary>
public abstract class RecordType
{
    private List<Field> fields = [];
    private IReadOnlyList<Field> hidden = [];

    private protected RecordType(Type entity, string path, string icon) => (Entity, Path, Icon) = (entity, path, icon);

    public Type Entity { get; }

    /// <summary>The domain's term: "Customer". Rights, audit and timeline know the type by it.</summary>
    public string Name => Entity.Name;

    /// <summary>First part of the addresses: "customers".</summary>
    public string Path { get; }
    public string Icon { get; }
    public IReadOnlyList<Field> Fields => fields;

    /// <summary>Keys of the columns a list shows at first.</summary>
    public IReadOnlyList<string> Columns { get; protected set; } = [];

    /// <summary>Key of the field a list is sorted by at first, and the way.</summary>
    public (string Key, bool Descending) Order { get; protected init; }

    /// <summary>Lists that come with the product.</summary>
    public IReadOnlyList<SystemView> Views { get; protected set; } = [];

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

    /// <summary>The type as it is for a user whose roles limit fields: a hidden field is not there at all, one he may only read cannot be set.</summary>
    internal RecordType For(AccessRights access)
    {
        var limits = access.LimitsOn(Name).ToDictionary(l => l.Field, l => l.Right, StringComparer.Ordinal);
        var closed = fields.Where(f => f.CanHide && limits.GetValueOrDefault(f.Property, FieldRight.Edit) == FieldRight.None).ToList();
        var names = closed.Select(f => f.Property).ToHashSet(StringComparer.Ordinal);
        bool Tells(LambdaExpression value) => Named.In(value).Overlaps(names);

        var cut = (RecordType)MemberwiseClone();
        cut.hidden = [.. fields.Where(f => closed.Contains(f) || Tells(f.Value))];
        cut.fields = [.. fields.Except(cut.hidden).Select(f => f.CanLock && limits.GetValueOrDefault(f.Property, FieldRight.Edit) != FieldRight.Edit ? f.Locked() : f).Select(f => f.Without(Tells))];
        cut.Columns = [.. Columns.Where(c => cut.Find(c) is not null)];
        cut.Views = [.. Views.Where(v => ListState.IsReadable(cut, v.Query))];
        return cut;
    }

    /// <summary>Whether a property is closed to the user.</summary>
    public bool Hides(string property) => hidden.Any(f => f.Property == property);

    /// <summary>Whether the field of this key is closed to the user.</summary>
    public bool HidesKey(string key) => hidden.Any(f => f.Key == key);

    /// <summary>Empties what the user may not see in a record, or a part of one, that was read to be shown.</summary>
    public T Conceal<T>(T shown) where T : class
    {
        foreach (var field in hidden)
            field.Clear(shown, p => FindProperty(p) is not null);
        return shown;
    }

    /// <summary>Properties of the record that an expression reads.</summary>
    private sealed class Named : ExpressionVisitor
    {
        private readonly HashSet<string> names = new(StringComparer.Ordinal);

        public static HashSet<string> In(LambdaExpression value)
        {
            var named = new Named();
            named.Visit(value.Body);
            return named.names;
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            names.Add(node.Member.Name);
            return base.VisitMember(node);
        }
    }

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

    /// <summary>Its value shows beyond the catalogue's mechanisms too: a rule cannot hide it.</summary>
    public FieldBuilder<T> IsTold()
    {
        field.IsTold = true;
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

/// <summary>All record types of the product, as the user has them.</summary>
/// <param name="user">Null knows all fields.</param>
public sealed class RecordCatalogue(IEnumerable<RecordType> types, ICurrentUser? user = null)
{
    /// <summary>Rights are kept from request to request, and with them what they leave of the types.</summary>
    private static readonly ConditionalWeakTable<AccessRights, ConcurrentDictionary<RecordType, RecordType>> Cut = [];

    private readonly IReadOnlyList<RecordType> all = [.. types];

    public IReadOnlyCollection<RecordType> Types => user is { Access.LimitsFields: true } ? [.. all.Select(Seen)] : all;

    public RecordType this[string name] => Find(name) ?? throw new KeyNotFoundException(name);

    public RecordType? Find(string name) => Seen(t => t.Name, name);

    public RecordType? FindPath(string path) => Seen(t => t.Path, path);

    public RecordType<T> Of<T>() where T : Record => (RecordType<T>)this[typeof(T).Name];

    private RecordType Seen(RecordType type) => user is { Access: { LimitsFields: true } access } ? Cut.GetOrCreateValue(access).GetOrAdd(type, t => t.For(access)) : type;

    private RecordType? Seen(Func<RecordType, string> name, string wanted) => all.FirstOrDefault(t => string.Equals(name(t), wanted, StringComparison.Ordinal)) is { } found ? Seen(found) : null;
}
