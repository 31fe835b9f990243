namespace CrmWeb.Data.Common;

/// <summary>The database cannot be worked on; the message says what is wrong and the cure, in one sentence each.</summary>
public class UnusableDatabaseException(string message, Exception? cause = null) : Exception(message, cause);
