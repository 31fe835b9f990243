global using CrmWeb.Domain.Common;
global using Record = CrmWeb.Domain.Common.Record; // xunit has one too
