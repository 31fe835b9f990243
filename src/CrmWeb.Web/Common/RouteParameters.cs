using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing.Template;

namespace CrmWeb.Web.Common;

/// <summary>What an address names is taken from the address alone: a field of the same name in a form would otherwise go before it.</summary>
internal sealed class RouteParameters : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        var named = action.Controller.Selectors.Concat(action.Selectors).Select(s => s.AttributeRouteModel?.Template).OfType<string>()
            .SelectMany(t => TemplateParser.Parse(t.TrimStart('~', '/')).Parameters).Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in action.Parameters.Where(p => p.BindingInfo?.BindingSource is null && named.Contains(p.ParameterName)))
            (parameter.BindingInfo ??= new()).BindingSource = BindingSource.Path;
    }
}
