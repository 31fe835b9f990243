#!/usr/bin/env bash
# Before the first release only: writes the initial migration of both databases anew from the model.
set -eu
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer; do
  rm -f src/CrmWeb.Data.$provider/Migrations/*_Initial*.cs src/CrmWeb.Data.$provider/Migrations/CrmDbModelSnapshot.cs
  dotnet ef migrations add Initial --project src/CrmWeb.Data.$provider --output-dir Migrations
done
