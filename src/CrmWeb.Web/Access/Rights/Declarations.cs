using CrmWeb.Domain.Access;
using CrmWeb.Domain.Common;
using Microsoft.AspNetCore.Authorization;

namespace CrmWeb.Web.Access.Rights;

/// <summary>Says who may call an endpoint. Every endpoint carries one; without it nobody gets in.</summary>
public interface IAccessDeclaration;

/// <summary>Anyone, signed in or not.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute : Attribute, IAccessDeclaration, IAllowAnonymous;

/// <summary>Anyone who is signed in; what he sees there is cut to his rights.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : AccessAttribute;

/// <summary>Only those who may do this with records of the type, be it one record.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class NeedsAttribute : AccessAttribute
{
    /// <param name="type">Name of the record type: "Customer".</param>
    public NeedsAttribute(string type, RecordAction action) => (Type, Action) = (type, action);

    /// <summary>On the record type of the controller itself: the T of its ListController&lt;T&gt;.</summary>
    public NeedsAttribute(RecordAction action) => Action = action;

    /// <summary>Null for the controller's own.</summary>
    public string? Type { get; }
    public RecordAction Action { get; }
}

/// <summary>Only those with a special right.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class NeedsRightAttribute(SpecialRight right) : AccessAttribute
{
    public SpecialRight Right => right;
}

/// <summary>A declaration that is judged for each request by <see cref="AccessHandler"/>.</summary>
public abstract class AccessAttribute : Attribute, IAccessDeclaration, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

/// <summary>Asked by the page itself, not by the person: such a request does not keep his session alive.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AutomaticAttribute : Attribute;
