using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CrmWeb.Data.Common;

/// <summary>What holds for all record tables.</summary>
internal static class ModelConventions
{
    public static void Apply(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(Record))).ToList())
        {
            var record = model.Entity(type.ClrType);
            record.Property(nameof(Record.Id)).ValueGeneratedNever();
            record.Property(nameof(Record.Version)).IsConcurrencyToken();
            record.Property(nameof(Record.SortKey)).HasMaxLength(100);
            record.Property(nameof(Record.SearchKey)).HasMaxLength(-1);
            record.Ignore(nameof(Record.Title));
            record.HasIndex(nameof(Record.DeletedAt)).HasFilter("DeletedAt IS NOT NULL"); // the trash: costs nothing while a record is outside
            if (type.ClrType.IsAssignableTo(typeof(ISearchable)))
            {
                record.Ignore(nameof(ISearchable.SearchTexts));
                record.Ignore(nameof(ISearchable.MatchKeys));
            }
            if (type.ClrType.IsAssignableTo(typeof(IScoped)))
                record.Ignore(nameof(IScoped.ScopeRecordId));
            if (type.ClrType.IsAssignableTo(typeof(INumbered)))
                record.HasIndex(nameof(INumbered.Number)).IsUnique();
        }

        // Nothing is deleted by a chain reaction: rows go to the trash, and SQL Server refuses several paths to one table.
        foreach (var key in model.Model.GetEntityTypes().SelectMany(t => t.GetForeignKeys()))
            key.DeleteBehavior = DeleteBehavior.Restrict;
    }
}

/// <summary>Moments are UTC, inside and outside.</summary>
internal sealed class UtcMoment() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));

/// <summary>Keeps a list as JSON in one column.</summary>
internal static class JsonColumn
{
    extension<T>(PropertyBuilder<IReadOnlyList<T>> property)
    {
        public PropertyBuilder<IReadOnlyList<T>> IsJson() => property
            .HasConversion(
                list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Default)!,
                new ValueComparer<IReadOnlyList<T>>((a, b) => a!.SequenceEqual(b!), list => list.Count, list => list))
            .HasMaxLength(-1);
    }
}

/// <summary>What a list may be sorted by has an index, so that its first page and its last are read and not sorted.</summary>
internal static class SortIndexes
{
    extension<T>(EntityTypeBuilder<T> record) where T : Record
    {
        public void IsSortedBy(params IReadOnlyList<Expression<Func<T, object?>>> values)
        {
            foreach (var value in values)
                record.HasIndex(value);
        }
    }
}
