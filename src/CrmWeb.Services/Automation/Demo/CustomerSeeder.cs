namespace CrmWeb.Services.Automation;

/// <summary>Fills a database with very many made-up customers.</summary>
public interface ICustomerSeeder
{
    /// <summary>Adds customers with contacts and activities to what is there, batch by batch: memory stays flat, a stop leaves whole batches.</summary>
    /// <param name="progress">Told the number of customers and rows after each batch.</param>
    /// <returns>How many rows were written in all.</returns>
    Task<long> SeedAsync(int customers, long seed, Func<int, long, Task> progress, CancellationToken ct);
}

internal sealed class CustomerSeeder(IPastWriter writer, DemoHiring hiring, ISearchIndex index, TimeProvider clock) : ICustomerSeeder
{
    private const int Batch = 4_000; // each touches nearly every page of the indexes

    public async Task<long> SeedAsync(int customers, long seed, Func<int, long, Task> progress, CancellationToken ct)
    {
        var days = new DemoDays(clock.GetUtcNow().UtcDateTime.Date); // up to midnight: the same at every hour of a day
        var teller = new StoryTeller(writer, await hiring.FindAsync(ct), days, Depth.Light, taken: []);
        for (var done = 0; done < customers;)
        {
            for (var end = Math.Min(customers, done + Batch); done < end; done++)
                teller.Tell(seed, done);
            await writer.SaveAsync(ct);
            await progress(done, writer.Written);
        }
        await index.MergeAsync(ct); // as the nights would have left it
        return writer.Written;
    }
}
