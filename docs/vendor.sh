#!/bin/sh
# Maintainers only: fetches the vendored front-end files again, cuts the icon sprite and rewrites the manifest.
# Building and running the product never needs this, nor Node: the files are committed.
set -eu

HTMX=2.0.11
INTER=5.3.0
TABLER=3.49.0
PDFJS=6.5.438

here=$(cd "$(dirname "$0")" && pwd)
lib=$here/../src/CrmWeb.Web/wwwroot/lib
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # name@version folder
  (cd "$work" && mkdir "$2" && tar -xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1)
}

fetch "htmx.org@$HTMX" htmx
fetch "@fontsource-variable/inter@$INTER" inter
fetch "@tabler/icons@$TABLER" icons
fetch "pdfjs-dist@$PDFJS" pdfjs

pdfjs=$lib/pdfjs/$PDFJS
rm -rf "$lib/htmx" "$lib/inter" "$lib/icons" "$lib/pdfjs"
mkdir -p "$lib/htmx/$HTMX" "$lib/inter/$INTER" "$lib/icons/$TABLER" "$pdfjs/cmaps"

cp "$work/htmx/dist/htmx.min.js" "$work/htmx/LICENSE" "$lib/htmx/$HTMX/"
cp "$work/inter/files/inter-latin-wght-normal.woff2" "$work/inter/LICENSE" "$lib/inter/$INTER/"
cp "$work/icons/LICENSE" "$lib/icons/$TABLER/"

# Previews of PDF files. The two decoders without WebAssembly, which the content security policy keeps out.
cp "$work/pdfjs/legacy/build/pdf.min.mjs" "$work/pdfjs/legacy/build/pdf.worker.min.mjs" "$work/pdfjs/wasm/openjpeg_nowasm_fallback.js" "$work/pdfjs/wasm/jbig2_nowasm_fallback.js" "$pdfjs/"
cp "$work"/pdfjs/cmaps/*.bcmap "$pdfjs/cmaps/"
cat "$work/pdfjs/LICENSE" "$work"/pdfjs/wasm/LICENSE_*OPENJPEG "$work"/pdfjs/wasm/LICENSE_*JBIG2 > "$pdfjs/LICENSE"
cp "$work/pdfjs/cmaps/LICENSE" "$pdfjs/cmaps/"

# The sprite: one symbol per name in icons.txt; a name ending in -filled is taken from the filled set.
symbol() {
  case $1 in
    *-filled) from=$work/icons/icons/filled/${1%-filled}.svg; paint=' fill="currentColor" stroke="none"' ;;
    *) from=$work/icons/icons/outline/$1.svg; paint='' ;;
  esac
  [ -f "$from" ] || { echo "No icon $1" >&2; exit 1; }
  printf '<symbol id="%s" viewBox="0 0 24 24"%s>' "$1" "$paint"
  tr -d '\n' < "$from" | sed -e 's/<!--.*-->//' -e 's/^[^<]*<svg[^>]*>//' -e 's/<\/svg>.*$//' -e 's/> *</></g' -e 's/<path stroke="none" d="M0 0h24v24H0z" fill="none" *\/>//' -e 's/ *\/>/\/>/g' -e 's/^ *//' -e 's/ *$//'
  printf '</symbol>\n'
}
{
  printf '<svg xmlns="http://www.w3.org/2000/svg">\n'
  sort -u "$here/icons.txt" | while read -r name; do [ -z "$name" ] || symbol "$name"; done
  printf '</svg>\n'
} > "$lib/icons/$TABLER/sprite.svg"

entry() { # name version licence file
  printf '  {"name": "%s", "version": "%s", "licence": "%s", "file": "%s", "sha256": "%s"}' \
    "$1" "$2" "$3" "$4" "$(sha256sum "$lib/$4" | cut -d' ' -f1)"
}
{
  printf '[\n'
  entry htmx.org "$HTMX" 0BSD "htmx/$HTMX/htmx.min.js"; printf ',\n'
  entry @fontsource-variable/inter "$INTER" OFL-1.1 "inter/$INTER/inter-latin-wght-normal.woff2"; printf ',\n'
  entry @tabler/icons "$TABLER" MIT "icons/$TABLER/sprite.svg"
  for file in "$pdfjs"/*js "$pdfjs"/cmaps/*.bcmap; do printf ',\n'; entry pdfjs-dist "$PDFJS" Apache-2.0 "${file#"$lib/"}"; done
  printf '\n]\n'
} > "$lib/manifest.json"

ls -l "$lib"/*/*/
