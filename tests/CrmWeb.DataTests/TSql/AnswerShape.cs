using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CrmWeb.DataTests.TSql;

/// <summary>A column of an answer.</summary>
/// <param name="Text">What stands in it when it is read as text: something its property can be made of.</param>
internal sealed record AnswerColumn(string Name, string Text, Emptiness Emptiness)
{
    public static AnswerColumn Unknown { get; } = new("", "x", Emptiness.Never);
}

/// <summary>Whether a column may be empty, as the table and the query itself say it.</summary>
internal enum Emptiness { Never, Optional, Always }

/// <summary>The columns a query asks for and the number of its results, worked out so that what comes back can become records.</summary>
internal sealed record AnswerShape(IReadOnlyList<AnswerColumn> Columns, int Results)
{
    /// <summary>Texts that are more than any text.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["Language"] = "en",
        ["Format"] = "en-GB",
        ["TimeZone"] = "UTC",
        ["Currency"] = "EUR",
        ["Changes"] = "{}",
        ["Email"] = "x@x.example",
        ["Url"] = "https://x.example/",
        ["Website"] = "https://x.example/",
        ["PasswordHash"] = "AQ==",
        ["Hash"] = new('a', 64),
    };

    /// <param name="parameters">Values the query asks for: a row that is found by one has it.</param>
    public static AnswerShape Of(string command, IReadOnlyDictionary<string, object?> parameters, IModel? model, Answer answer)
    {
        if (TSqlFaults.Parse(command, out _) is not TSqlScript script || model is null)
            return new([], 1);
        var statements = script.Batches.SelectMany(b => b.Statements).ToList();
        var query = statements.OfType<SelectStatement>().FirstOrDefault()?.QueryExpression;
        return new(Specification(query) is { } select ? [.. select.SelectElements.OfType<SelectScalarExpression>().Select(e => Column(e, select, model, new(command, parameters, answer)))] : [], statements.Count);
    }

    private static AnswerColumn Column(SelectScalarExpression element, QuerySpecification select, IModel model, Question asked)
    {
        var name = element.ColumnName?.Value ?? (element.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value ?? "";
        return Source(element.Expression, select) is var (table, column) && Property(model, table, column) is { } property
            ? new(name, asked.Wanted(column) ?? TextOf(property, column, asked.Answer), asked.EmptinessOf(property, column))
            : AnswerColumn.Unknown with { Name = name };
    }

    private static IProperty? Property(IModel model, string table, string column) => model.GetEntityTypes()
        .Where(t => string.Equals(t.GetTableName(), table, StringComparison.Ordinal))
        .SelectMany(t => t.GetProperties())
        .FirstOrDefault(p => string.Equals(p.GetColumnName(), column, StringComparison.Ordinal));

    private static string TextOf(IProperty property, string column, Answer answer)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type.IsEnum)
            return Enum.GetNames(type)[answer == Answer.Full ? ^1 : 0];
        return type == typeof(string) ? Meanings.GetValueOrDefault(column, "x") : "[]";
    }

    /// <summary>Table and column an expression reads, through derived tables.</summary>
    private static (string Table, string Column)? Source(ScalarExpression expression, QuerySpecification select)
    {
        if (expression is not ColumnReferenceExpression { MultiPartIdentifier.Identifiers: [var alias, var column] })
            return null;

        foreach (var table in Tables(select.FromClause?.TableReferences ?? []))
        {
            switch (table)
            {
                case NamedTableReference named when (named.Alias ?? named.SchemaObject.BaseIdentifier).Value == alias.Value:
                    return (named.SchemaObject.BaseIdentifier.Value, column.Value);
                case QueryDerivedTable derived when derived.Alias.Value == alias.Value && Specification(derived.QueryExpression) is { } inner:
                    var element = inner.SelectElements.OfType<SelectScalarExpression>()
                        .FirstOrDefault(e => (e.ColumnName?.Value ?? (e.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value) == column.Value);
                    return element is null ? null : Source(element.Expression, inner);
            }
        }
        return null;
    }

    private static IEnumerable<TableReference> Tables(IEnumerable<TableReference> references) => references.SelectMany(r => r switch
    {
        JoinTableReference join => Tables([join.FirstTableReference, join.SecondTableReference]),
        JoinParenthesisTableReference inside => Tables([inside.Join]),
        _ => [r],
    });

    private static QuerySpecification? Specification(QueryExpression? query) => query switch
    {
        QuerySpecification one => one,
        BinaryQueryExpression two => Specification(two.FirstQueryExpression),
        QueryParenthesisExpression inside => Specification(inside.QueryExpression),
        _ => null,
    };

    private sealed record Question(string Command, IReadOnlyDictionary<string, object?> Parameters, Answer Answer)
    {
        /// <summary>Rows that are asked to have a value, or none, come so.</summary>
        public Emptiness EmptinessOf(IProperty property, string column) =>
            !property.IsNullable || property.ClrType == typeof(Guid?) /* versions of the audit */ || Command.Contains($".[{column}] IS NOT NULL", StringComparison.Ordinal) ? Emptiness.Never
            : Command.Contains($".[{column}] IS NULL", StringComparison.Ordinal) ? Emptiness.Always
            : Emptiness.Optional;

        /// <summary>The text the column is compared with.</summary>
        public string? Wanted(string column)
        {
            var name = Regex.Match(Command, $@"\.\[{column}\] (=|IN \() ?(?<name>@\w+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["name"].Value;
            return Parameters.GetValueOrDefault(name) as string;
        }
    }
}
