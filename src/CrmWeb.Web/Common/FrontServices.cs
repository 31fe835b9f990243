using System.Text.Unicode;
using CrmWeb.Services.Common;
using CrmWeb.Web.Access.Rights;
using CrmWeb.Web.Common.Errors;
using CrmWeb.Web.Common.Forms;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;

namespace CrmWeb.Web.Common;

/// <summary>Pages, forms, texts, error pages and headers: everything between HTTP and the controllers.</summary>
internal static class FrontServices
{
    public static IServiceCollection AddFront(this IServiceCollection services)
    {
        services.AddLocalizer().AddHttpContextAccessor();
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, HeadersFirst>());
        services.AddSingleton<ScriptData>().AddScoped<Site>().AddScoped<Shell>().AddScoped<Records.HistoryWords>().AddScoped(typeof(Records.RecordPages<>)).AddScoped<Bulk.BulkPages>().AddScoped<SavedViews.PinnedViews>();
        services.AddControllersWithViews(mvc =>
            {
                mvc.Filters.Add<AutoValidateAntiforgeryTokenAttribute>();
                mvc.Filters.Add<ExpiredFormFilter>();
                mvc.Filters.Add<FormReading>();
                mvc.Filters.Add<RefusalFilter>();
                mvc.ModelBinderProviders.Insert(0, new InputBinders());
                mvc.Conventions.Add(new RouteParameters());
                mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            })
            .AddDataAnnotationsLocalization()
            .AddCookieTempDataProvider(cookie => cookie.Cookie.Name = Toasts.Cookie);
        services.AddTransient<IConfigureOptions<MvcOptions>, FormOptions>();
        services.AddTransient<IConfigureOptions<MvcDataAnnotationsLocalizationOptions>, FormOptions>();
        services.Configure<RazorViewEngineOptions>(razor => razor.ViewLocationExpanders.Add(new FolderViews()));
        services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new(UnicodeRanges.All)); // Chinese as it is, not as entities
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "crm-form";
            antiforgery.HeaderName = "RequestVerificationToken";
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        return services;
    }

    /// <summary>After the security headers: what must hold even when everything behind it fails.</summary>
    public static WebApplication UseFront(this WebApplication app)
    {
        // Of every cookie, whoever sets it. Under https also where the last stretch is plain: what the proxy has not said must not open them.
        var site = app.Services.GetRequiredService<SiteOptions>();
        app.UseCookiePolicy(new() { HttpOnly = HttpOnlyPolicy.Always, Secure = site.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest });
        app.UseMiddleware<Failures>();
        app.UseMiddleware<RequestLimits>();
        app.UseStatusCodePagesWithReExecute("/errors/{0}");
        app.UseRouting();
        return app;
    }

    /// <summary>After the person is known: language and format.</summary>
    public static WebApplication UseCultures(this WebApplication app)
    {
        app.UseMiddleware<Cultures>();
        return app;
    }

    /// <summary>Static files with fingerprints, and the controllers that know them.</summary>
    public static WebApplication MapFront(this WebApplication app)
    {
        app.MapStaticAssets().WithMetadata(new PublicAttribute()).ShortCircuit(); // nobody is asked who he is for a stylesheet
        app.MapControllers().WithStaticAssets();
        return app;
    }

    /// <summary>Labels and messages of all forms from the resources.</summary>
    private sealed class FormOptions(IStringLocalizer texts) : IConfigureOptions<MvcOptions>, IConfigureOptions<MvcDataAnnotationsLocalizationOptions>
    {
        public void Configure(MvcOptions mvc)
        {
            mvc.ModelMetadataDetailsProviders.Add(new FormTexts(texts));
            var say = mvc.ModelBindingMessageProvider;
            say.SetValueMustNotBeNullAccessor(_ => texts["Error.Required"]);
            say.SetMissingBindRequiredValueAccessor(_ => texts["Error.Required"]);
            say.SetMissingKeyOrValueAccessor(() => texts["Error.Required"]);
            say.SetMissingRequestBodyRequiredValueAccessor(() => texts["Error.Required"]);
            say.SetValueIsInvalidAccessor(value => texts["Error.Value", value]);
            say.SetAttemptedValueIsInvalidAccessor((value, _) => texts["Error.Value", value]);
            say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => texts["Error.Value", value]);
            say.SetUnknownValueIsInvalidAccessor(_ => texts["Error.Format"]);
            say.SetNonPropertyUnknownValueIsInvalidAccessor(() => texts["Error.Format"]);
            say.SetValueMustBeANumberAccessor(_ => texts["Error.Number", "1000"]);
            say.SetNonPropertyValueMustBeANumberAccessor(() => texts["Error.Number", "1000"]);
        }

        public void Configure(MvcDataAnnotationsLocalizationOptions options)
        {
            var withoutName = new WithoutFieldName(texts);
            options.DataAnnotationLocalizerProvider = (_, _) => withoutName;
        }
    }
}
