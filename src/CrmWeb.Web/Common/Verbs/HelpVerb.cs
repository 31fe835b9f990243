namespace CrmWeb.Web.Common.Verbs;

/// <summary>Says how everything is called.</summary>
internal sealed class HelpVerb : IVerb
{
    public string Name => "help";
    public string Usage => "help";
    public bool NeedsDatabase => false;

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        arguments.End();
        await output.WriteLineAsync("CrmWeb.Web                     serves pages; settings as --Site:BaseUrl=…, in the environment as Site__BaseUrl");
        await output.WriteLineAsync("CrmWeb.Web --demo              the same with a made-up company");
        foreach (var verb in services.GetServices<IVerb>())
            await output.WriteLineAsync($"CrmWeb.Web {verb.Usage}");
        return 0;
    }
}
