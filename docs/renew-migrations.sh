#!/usr/bin/env bash
# Before the first release only: writes the initial migration of both databases anew from the model.
# It keeps one name, so that it stays before the migrations that build on it, whatever the day it was written.
set -eu
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer; do
  folder=src/CrmWeb.Data.$provider/Migrations
  rm -f "$folder"/*_Initial*.cs "$folder"/CrmDbModelSnapshot.cs
  dotnet ef migrations add Initial --project src/CrmWeb.Data.$provider --output-dir Migrations
  for file in "$folder"/*_Initial*.cs; do
    sed -i 's/Migration("[0-9]*_Initial")/Migration("20260101000000_Initial")/' "$file"
    mv "$file" "$folder/20260101000000_${file#*_}"
  done
done
