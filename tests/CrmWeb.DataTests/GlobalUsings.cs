global using Record = CrmWeb.Domain.Common.Record; // xunit has one too
