using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace CrmWeb.Domain.Common;

/// <summary>Checks the rules that a record's properties carry as attributes: <see cref="RequiredAttribute"/>, <see cref="MaxLengthAttribute"/>, <see cref="RangeAttribute"/>.</summary>
public static class FieldRules
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<FieldRule>> Rules = new();

    /// <summary>What the attributes of the record's properties forbid, each beside its property.</summary>
    public static IEnumerable<Broken> Check(object record)
    {
        foreach (var rule in Rules.GetOrAdd(record.GetType(), Of))
        {
            if (rule.Check(rule.Property.GetValue(record)) is { } broken)
                yield return broken;
        }
    }

    private static IReadOnlyList<FieldRule> Of(Type type) =>
        [.. type.GetProperties().SelectMany(p => p.GetCustomAttributes<ValidationAttribute>().Select(a => new FieldRule(p, a)))];

    private sealed record FieldRule(PropertyInfo Property, ValidationAttribute Attribute)
    {
        public Broken? Check(object? value) => Attribute switch
        {
            RequiredAttribute when value is null or "" => new("Error.Required", Property.Name),
            MaxLengthAttribute max when value is string text && text.Length > max.Length => new("Error.TooLong", Property.Name, max.Length),
            RangeAttribute range when value is not null && !range.IsValid(value) => new("Error.Range", Property.Name, range.Minimum, range.Maximum),
            _ => null,
        };

    }
}
