var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
await app.RunAsync();

/// <summary>The application's entry point, for the tests' host.</summary>
public partial class Program;
