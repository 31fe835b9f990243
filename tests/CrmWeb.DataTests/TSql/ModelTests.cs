using System.ComponentModel.DataAnnotations;
using CrmWeb.Data.Common;
using CrmWeb.Data.SqlServer;
using CrmWeb.DataTests.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CrmWeb.DataTests.TSql;

/// <summary>The tables and their migrations are such that SQL Server takes them.</summary>
public sealed class ModelTests
{
    [Fact]
    public void SQL_Server_takes_all_tables_keys_and_indexes()
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);

        Expect.Nothing(ModelFaults.In(db.GetService<IDesignTimeModel>().Model.GetRelationalModel()));
    }

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public void All_migrations_are_TSql_upwards_and_back(MigrationsSqlGenerationOptions options)
    {
        using var db = new DesignTimeFactory().CreateDbContext([]);
        var (migrator, last) = (db.GetService<IMigrator>(), db.Database.GetMigrations().Last());

        var up = migrator.GenerateScript(options: options);
        var down = migrator.GenerateScript(last, Migration.InitialDatabase, options);

        Assert.Contains("CREATE TABLE [Customers]", up, StringComparison.Ordinal);
        Assert.Contains("DROP TABLE [Customers]", down, StringComparison.Ordinal);
        Expect.Nothing(TSqlFaults.In(up));
        Expect.Nothing(TSqlFaults.In(down));
    }

    [Fact]
    public void Migrations_of_both_databases_hold_the_whole_model()
    {
        using var server = new DesignTimeFactory().CreateDbContext([]);
        using var file = new Data.Sqlite.DesignTimeFactory().CreateDbContext([]);

        Assert.False(server.Database.HasPendingModelChanges(), "docs/renew-migrations.sh was not run: SQL Server");
        Assert.False(file.Database.HasPendingModelChanges(), "docs/renew-migrations.sh was not run: SQLite");
    }

    [Fact]
    public void Both_databases_have_the_same_tables_and_columns()
    {
        using var server = new DesignTimeFactory().CreateDbContext([]);
        using var file = new Data.Sqlite.DesignTimeFactory().CreateDbContext([]);

        Assert.Equal(Columns(server), Columns(file));

        static IEnumerable<string> Columns(CrmDb db) => db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            .SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name}{(c.IsNullable ? "?" : "")}")).Order(StringComparer.Ordinal);
    }

    /// <summary>The control: a model with all those faults.</summary>
    [Fact]
    public void Faults_of_a_model_are_found()
    {
        using var db = new Faulty();

        var faults = ModelFaults.In(db.GetService<IDesignTimeModel>().Model.GetRelationalModel());

        string[] expected =
        [
            "Error 1785: several ways lead from deleting Roots to Leaf", "Error 1919: Leaf.IX_Leaf_Endless", "Error 1946: the key of Leaf.IX_Leaf_Wide", "Error 1946: the key of PK_Wide",
            "Error 207: IX_Leaf_Narrow filters by Missing", "Incorrect syntax near 'OR'. in the filter of IX_Leaf_RootId", "Error 2628: AVeryLongChoice does not fit Leaf.Choice", "Leaf.Endless has no length",
        ];
        Assert.All(expected, fault => Assert.Contains(faults, f => f.StartsWith(fault, StringComparison.Ordinal)));
    }

    private sealed class Faulty : DbContext
    {
        public DbSet<Root> Roots => Set<Root>();

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlServer("Server=none");

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Branch>();
            modelBuilder.Entity<Wide>();
            modelBuilder.Entity<Leaf>(leaf =>
            {
                leaf.HasIndex(l => l.Endless);
                leaf.HasIndex(l => l.Wide);
                leaf.HasIndex(l => l.Narrow).HasFilter("[Missing] IS NOT NULL");
                leaf.HasIndex(l => l.RootId).HasFilter("[RootId] = 1 OR [BranchId] = 1");
                leaf.Property(l => l.Choice).HasConversion<string>().HasMaxLength(5);
                leaf.Property(l => l.Endless).HasColumnType("nvarchar(max)");
            });
        }
    }

    public sealed class Root
    {
        public int Id { get; init; }
        public ICollection<Branch> Branches { get; } = [];
        public ICollection<Leaf> Leaves { get; } = [];
    }

    public sealed class Branch
    {
        public int Id { get; init; }
        public int RootId { get; init; }
        public ICollection<Leaf> Leaves { get; } = [];
    }

    public sealed class Leaf
    {
        public int Id { get; init; }
        public int RootId { get; init; }
        public int BranchId { get; init; }
        public string Endless { get; init; } = "";
        [MaxLength(900)]
        public string Wide { get; init; } = "";
        [MaxLength(20)]
        public string Narrow { get; init; } = "";
        public Choice Choice { get; init; }
    }

    public sealed class Wide
    {
        [MaxLength(500)]
        public string Id { get; init; } = "";
    }

    public enum Choice { Plain, AVeryLongChoice }
}
