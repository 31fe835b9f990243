global using CrmWeb.Data.Common;
global using CrmWeb.Domain.Common;
global using Microsoft.EntityFrameworkCore;
