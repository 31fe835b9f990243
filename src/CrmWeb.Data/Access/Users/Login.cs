using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Data.Access;

/// <summary>How a user proves who he is: password hash, lock-out, second factor, passkeys. Shares its id with the user.</summary>
public sealed class Login : IdentityUser<long>;
