using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Domain.Access;
using CrmWeb.Services.Common;
using CrmWeb.Web.Common.Forms;
using CrmWeb.Web.Common.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CrmWeb.WebTests.Common.Front;

public enum Flavour { Sweet, Sour }

[TextsOf("Sample")]
public sealed record SampleForm(
    [Required, StringLength(5)] string? Name, [EmailAddress] string? Email, decimal? Amount, [Range(1, 10)] int? Number, DateOnly? DueOn, TimeOnly? At,
    [Required] Flavour? Flavour, IReadOnlyList<Flavour>? Flavours, bool Active, string? Note, long? OwnerId);

/// <summary>A few pages to try the frame with.</summary>
[Route("sample")]
public sealed class SampleController : Controller
{
    [HttpGet("boom")]
    public IActionResult Boom() => throw new InvalidOperationException($"boom, said the secret at {Request.Path}");

    [HttpGet("too-large")]
    public IActionResult TooLarge() => throw new Microsoft.AspNetCore.Http.BadHttpRequestException($"Request body too large at {Request.Path}.", 413);

    [HttpGet("status/{status:int}")]
    public IActionResult Of(int status)
    {
        if (status == 429)
            Response.Headers.RetryAfter = "30";
        return StatusCode(status);
    }

    [HttpGet("denied")]
    public IActionResult Denied() => throw new AccessDeniedException(nameof(SpecialRight.ManageUsers), Request.Method);

    [HttpPost("form")]
    public IActionResult Save(SampleForm form) => Json(new
    {
        Form = form,
        Errors = ModelState.Where(e => e.Value!.Errors.Count > 0).ToDictionary(e => e.Key, e => e.Value!.Errors[0].ErrorMessage),
    });

    [HttpPost("said")]
    public IActionResult Say()
    {
        this.Say("Halden <b>deleted</b>.", undo: "/sample/undo");
        return Redirect("/errors/404");
    }

    /// <summary>One field as it is drawn, filled with what was posted.</summary>
    [HttpPost("field"), IgnoreAntiforgeryToken]
    public IActionResult Field(SampleForm form, string property, [FromQuery] bool radio = false, [FromQuery] string? lookup = null)
    {
        var helper = new FieldTagHelper(HttpContext.RequestServices.GetRequiredService<IStringLocalizer>())
        {
            For = HttpContext.RequestServices.GetRequiredService<IModelExpressionProvider>() is ModelExpressionProvider expressions
                ? expressions.CreateModelExpression(new ViewDataDictionary<SampleForm>(ViewData, form), property) : null!,
            Radio = radio,
            Lookup = lookup,
            LookupText = lookup is null ? null : "Ana",
            Help = "Say it.",
            Rows = property == "Note" ? 3 : 0,
            ViewContext = Context(form),
        };
        return Drawn(helper, new TagHelperAttributeList { { "placeholder", "<here>" } });
    }

    [HttpPost("errors"), IgnoreAntiforgeryToken]
    public IActionResult Errors(SampleForm form)
    {
        ModelState.AddModelError("", "The whole of it is <wrong>.");
        return Drawn(new ErrorsTagHelper(HttpContext.RequestServices.GetRequiredService<IStringLocalizer>()) { ViewContext = Context(form) }, []);
    }

    private ViewContext Context(SampleForm form) => new(
        ControllerContext, new NoView(), new ViewDataDictionary<SampleForm>(ViewData, form), TempData, TextWriter.Null, new HtmlHelperOptions());

    private ContentResult Drawn(TagHelper helper, TagHelperAttributeList attributes)
    {
        var output = new TagHelperOutput("x", attributes, (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent())) { TagMode = TagMode.StartTagAndEndTag };
        helper.Process(new TagHelperContext(attributes, new Dictionary<object, object>(), "id"), output);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        output.WriteTo(writer, HtmlEncoder.Default);
        return Content(writer.ToString(), "text/html");
    }

    private sealed class NoView : Microsoft.AspNetCore.Mvc.ViewEngines.IView
    {
        public string Path => "";
        public Task RenderAsync(ViewContext context) => Task.CompletedTask;
    }
}
