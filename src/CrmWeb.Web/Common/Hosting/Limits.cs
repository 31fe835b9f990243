using Microsoft.AspNetCore.Http.Features;

namespace CrmWeb.Web.Common.Hosting;

/// <summary>How much a request may bring along, and how long the process takes to end.</summary>
internal static class Limits
{
    /// <summary>Bytes of a form; the few addresses that take files say so themselves.</summary>
    public const int Form = 2 * 1_048_576;

    /// <summary>Characters of an address with its query; bytes and number of headers.</summary>
    public const int Address = 8_192, HeaderBytes = 32_768, HeaderCount = 100;

    private const int FormFields = 2_000, FieldName = 500;

    /// <summary>Requests that run when the process is asked to end have this long; whoever stops it from outside gives it a little more.</summary>
    private static readonly TimeSpan End = TimeSpan.FromSeconds(25);

    extension(WebApplicationBuilder builder)
    {
        public void AddLimits()
        {
            builder.WebHost.ConfigureKestrel(server =>
            {
                server.AddServerHeader = false;
                server.Limits.MaxRequestBodySize = Form;
                // Twice of what is taken: what lies between is refused by a page of ours, what is beyond by the server itself, without a word.
                server.Limits.MaxRequestLineSize = 2 * Address;
                server.Limits.MaxRequestHeadersTotalSize = 2 * HeaderBytes;
                server.Limits.MaxRequestHeaderCount = 2 * HeaderCount;
            });
            builder.Services.Configure<FormOptions>(form =>
                (form.ValueCountLimit, form.KeyLengthLimit, form.ValueLengthLimit, form.MultipartBodyLengthLimit) = (FormFields, FieldName, Form, Form));
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = End);
        }
    }
}
