namespace CrmWeb.WebTests.Common;

/// <summary>The app on a real port: Kestrel instead of the in-memory server.</summary>
public sealed class ServedApp : CrmApp
{
    public ServedApp() : this(withPeople: true)
    {
    }

    public ServedApp(bool withPeople) : base(withPeople) => UseKestrel(0);

    public string Address => ClientOptions.BaseAddress.ToString();
}
