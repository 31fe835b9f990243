using CrmWeb.Domain.Common;
using CrmWeb.Services.Access;
using CrmWeb.Web.Common;
using CrmWeb.Web.Common.Verbs;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Access.Setup;

/// <summary>Adds an administrator where the set-up page is not to be used, or nobody knows a password any more.</summary>
/// <param name="input">Where the password comes from: never the command line, which others can see.</param>
internal sealed class CreateAdminVerb(TextReader input) : IVerb
{
    public string Name => "create-admin";
    public string Usage => "create-admin --email E [--name N] --password-stdin";

    public async Task<int> RunAsync(VerbArguments arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var email = arguments.Option("--email") ?? throw new UsageException("--email is missing.");
        var name = arguments.Option("--name") ?? email[..Math.Max(0, email.IndexOf('@', StringComparison.Ordinal))];
        if (!arguments.Flag("--password-stdin"))
            throw new UsageException("--password-stdin is missing: the password is read from the standard input.");
        arguments.End();

        try
        {
            var password = await input.ReadLineAsync(ct) ?? "";
            await services.GetRequiredService<ISetupService>().AddAdministratorAsync(new(name, email, password), ct);
        }
        catch (RuleException refused)
        {
            var texts = services.GetRequiredService<IStringLocalizer>();
            foreach (var broken in refused.Broken)
                await output.WriteLineAsync(BrokenText.Of(texts, broken));
            return 1;
        }

        await output.WriteLineAsync($"{email} can sign in as administrator.");
        return 0;
    }
}
