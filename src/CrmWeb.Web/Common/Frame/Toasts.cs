using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CrmWeb.Web.Common.Frame;

/// <summary>One line at the foot of the next page: what was done, and the way to undo it.</summary>
/// <param name="Undo">Address that takes it back by POST.</param>
/// <param name="IsRedo">What is taken back was an undo itself.</param>
/// <param name="Href">Address of the thing, shown as a link.</param>
public sealed record Toast(string Text, string? Undo = null, string? Href = null, bool Bad = false, bool IsRedo = false);

/// <summary>Keeps toasts until the next answer that shows them.</summary>
public static class Toasts
{
    internal const string Cookie = "crm-said";
    private const string Key = "toasts";

    extension(Controller controller)
    {
        /// <summary>Says on the next page, or in this fragment, what was done.</summary>
        public void Say(string text, string? undo = null, string? href = null) => controller.Say(new Toast(text, undo, href));

        public void Say(Toast toast)
        {
            controller.HttpContext.Items[Key] = true;
            controller.TempData[Key] = JsonSerializer.Serialize(Read(controller.TempData.Peek(Key)).Append(toast));
        }
    }

    extension(ViewContext view)
    {
        /// <summary>What is still to be said; asked once. Where nothing was said the store is not even opened, for that alone sets a cookie.</summary>
        public IReadOnlyList<Toast> WaitingToasts =>
            view.HttpContext.Request.Cookies.ContainsKey(Cookie) || view.HttpContext.Items.ContainsKey(Key) ? Read(view.TempData[Key]) : [];
    }

    private static List<Toast> Read(object? said) => said is string json ? JsonSerializer.Deserialize<List<Toast>>(json) ?? [] : [];
}
