using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>Customers by the number of people they employ: 1–9, 10–49, 50–249, 250–999, 1,000 and more.</summary>
public enum SizeBand { Micro, Small, Medium, Large, VeryLarge }

/// <summary>The band follows from the number of employees, here and in the database, and is stored nowhere: a second value would contradict the first sooner or later.</summary>
public static class SizeBands
{
    /// <summary>The rule as a query can carry it.</summary>
    public static Expression<Func<Customer, SizeBand?>> ByEmployees { get; } = c =>
        c.Employees == null || c.Employees < 1 ? null
        : c.Employees < 10 ? SizeBand.Micro
        : c.Employees < 50 ? SizeBand.Small
        : c.Employees < 250 ? SizeBand.Medium
        : c.Employees < 1_000 ? SizeBand.Large
        : SizeBand.VeryLarge;

    private static readonly Func<Customer, SizeBand?> Compiled = ByEmployees.Compile();

    public static SizeBand? Of(Customer customer) => Compiled(customer);
}
