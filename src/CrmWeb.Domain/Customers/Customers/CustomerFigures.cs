using System.ComponentModel.DataAnnotations;

namespace CrmWeb.Domain.Customers;

/// <summary>What is counted about a customer over all its records, kept up by every save and proved nightly.</summary>
public sealed class CustomerFigures
{
    public long CustomerId { get; set; }

    /// <summary>The customer's owner, beside what is asked for together with him: his customers by their last touch.</summary>
    public long? OwnerId { get; set; }

    /// <summary>UTC of the latest call, meeting, mail, visit or note; null when there was none.</summary>
    public DateTime? LastTouchAt { get; set; }
    public ActivityKind? LastTouchKind { get; set; }
    public long? LastTouchById { get; set; }
    public int Touches { get; set; }

    /// <summary>The open activity that is due first.</summary>
    public long? NextStepId { get; set; }
    public DateOnly? NextStepOn { get; set; }
    [MaxLength(200)]
    public string? NextStep { get; set; }

    public int OpenActivities { get; set; }
    public int OpenPromises { get; set; }
    /// <summary>Due day of the open promise that is due first.</summary>
    public DateOnly? NextPromiseOn { get; set; }
    public int KeptPromises { get; set; }
    public int BrokenPromises { get; set; }
    public int Contacts { get; set; }
}
