using System.Collections.Concurrent;
using System.Reflection;
using CrmWeb.Domain.Common;
using CrmWeb.Services.Common;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace CrmWeb.Web.Access.Rights;

/// <summary>Holds what an endpoint declares against the rights of the current user.</summary>
public sealed class AccessHandler(ICurrentUser user, IHttpContextAccessor http) : IAuthorizationHandler
{
    private static readonly ConcurrentDictionary<Type, string?> OwnTypes = new();

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var asked in context.PendingRequirements.ToList())
        {
            if (Grants(asked))
                context.Succeed(asked);
            else if (asked is NeedsRightAttribute or NeedsAttribute && user.Id is not null)
                Tell(asked);
        }
        return Task.CompletedTask;
    }

    private bool Grants(IAuthorizationRequirement asked) => asked switch
    {
        DeclaredRequirement => IsDeclared(http.HttpContext?.GetEndpoint()),
        _ when user.Id is null => false,
        SignedInAttribute => true,
        NeedsRightAttribute needed => user.Access.Has(needed.Right),
        NeedsAttribute needed => TypeOf(needed) is { } type && user.Access.May(type, needed.Action),
        _ => false,
    };

    /// <summary>Where there is no endpoint there is nothing to keep: it is not found, whoever asks. One without a route is the router's own way of saying that the method is not served.</summary>
    private static bool IsDeclared(Endpoint? endpoint) => endpoint is not RouteEndpoint || endpoint.Metadata.GetMetadata<IAccessDeclaration>() is not null;

    /// <summary>So that the page of the refusal can name the right.</summary>
    private void Tell(IAuthorizationRequirement asked)
    {
        if (http.HttpContext is { } here)
        {
            here.Items[nameof(AccessDeniedException)] = asked switch
            {
                NeedsRightAttribute needed => new AccessDeniedException(needed.Right.ToString(), "Use"),
                NeedsAttribute needed => new AccessDeniedException(TypeOf(needed) ?? "", needed.Action.ToString()),
                _ => null,
            };
        }
    }

    private string? TypeOf(NeedsAttribute needed) => needed.Type ??
        (http.HttpContext?.GetEndpoint()?.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action ? OwnTypes.GetOrAdd(action.ControllerTypeInfo, OwnType) : null);

    /// <summary>The record type among the type arguments of what the controller derives from.</summary>
    internal static string? OwnType(Type controller)
    {
        for (var type = controller; type is not null; type = type.BaseType)
        {
            if (type.GetTypeInfo().GenericTypeArguments.FirstOrDefault(a => a.IsAssignableTo(typeof(Record))) is { } record)
                return record.Name;
        }
        return null;
    }
}

/// <summary>What every endpoint asks for besides: that it says who may call it.</summary>
internal sealed class DeclaredRequirement : IAuthorizationRequirement;
