namespace CrmWeb.Web.Common.Forms;

/// <summary>Says under which name a form's labels are kept: with <c>[TextsOf("Customer")]</c> the label of Name is the text <c>Customer.Name</c>, or else <c>Field.Name</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TextsOfAttribute(string name) : Attribute
{
    public string Name => name;
}
