using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CrmWeb.DataTests.TSql;

/// <summary>Finds what SQL Server would refuse in a command: what its own parser sees, and what only its compiler would.</summary>
internal static class TSqlFaults
{
    private const int MostParameters = 2_100;

    private static readonly HashSet<string> Aggregates = new(["SUM", "AVG", "MIN", "MAX", "COUNT", "COUNT_BIG", "STDEV", "VAR", "STRING_AGG"], StringComparer.OrdinalIgnoreCase);

    public static TSqlFragment Parse(string command, out IList<ParseError> errors) =>
        new TSql160Parser(initialQuotedIdentifiers: true, SqlEngineType.All).Parse(new StringReader(command), out errors);

    public static IReadOnlyList<string> In(string command)
    {
        var fragment = Parse(command, out var errors);
        if (errors.Count > 0)
            return [.. errors.Select(e => $"{e.Message} in line {e.Line}: {command}")];

        var visitor = new Visitor();
        fragment.Accept(visitor);
        return [.. visitor.Faults.Select(f => $"{f}: {command}")];
    }

    private sealed class Visitor : TSqlFragmentVisitor
    {
        private readonly HashSet<string> parameters = new(StringComparer.OrdinalIgnoreCase);

        public List<string> Faults { get; } = [];

        public override void Visit(FunctionCall node)
        {
            if (!Aggregates.Contains(node.FunctionName.Value))
                return;
            var inside = new Inside();
            foreach (var parameter in node.Parameters)
                parameter.Accept(inside);
            if (inside.HasQuery)
                Faults.Add("Error 130: an aggregate over a subquery");
            if (inside.HasAggregate && node.OverClause is null)
                Faults.Add("Error 130: an aggregate over an aggregate");
        }

        public override void Visit(ExpressionGroupingSpecification node)
        {
            if (IsConstant(node.Expression))
                Faults.Add("Error 164: grouped by a constant");
        }

        public override void Visit(OrderByClause node)
        {
            if (node.OrderByElements.Any(e => IsConstant(e.Expression)))
                Faults.Add("Error 1008: ordered by a constant");
        }

        public override void Visit(CastCall node)
        {
            if (node.DataType is SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Decimal, Parameters: [{ Value: var digits }, ..] } && int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) < 19)
                Faults.Add("Error 8115: a decimal too short for our amounts");
        }

        public override void Visit(VariableReference node)
        {
            if (parameters.Add(node.Name) && parameters.Count == MostParameters)
                Faults.Add("Error 8003: too many parameters");
        }

        private static bool IsConstant(ScalarExpression expression) => expression is Literal or VariableReference;
    }

    private sealed class Inside : TSqlFragmentVisitor
    {
        public bool HasQuery { get; private set; }
        public bool HasAggregate { get; private set; }

        public override void Visit(QuerySpecification node) => HasQuery = true;

        public override void Visit(FunctionCall node) => HasAggregate |= Aggregates.Contains(node.FunctionName.Value);
    }
}
