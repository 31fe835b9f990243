namespace CrmWeb.Web.Common.Verbs;

/// <summary>Brings the database to the present model. Starting does it too; the verb is for deployments that want it apart.</summary>
internal sealed class MigrateVerb : IVerb
{
    public string Name => "migrate";
    public string Usage => "migrate";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        arguments.End();
        await output.WriteLineAsync("The database is up to date."); // it was brought there before any verb runs
        return 0;
    }
}
