// Cuts the product's tables from the Unihan tables beside this file. Run in this folder: dotnet run cut.cs
// A test compares the cut with the tables, so that neither changes alone.
using System.Globalization;
using System.Text;

var target = Path.Combine("..", "..", "..", "src", "CrmWeb.Domain", "Common", "Text");

// pinyin.txt: a line per syllable without tone, then all characters usually read so
var bySyllable = Rows("pinyin.tsv").GroupBy(row => Toneless(row[1].Split(' ')[0]), row => row[0], StringComparer.Ordinal);
File.WriteAllLines(Path.Combine(target, "pinyin.txt"),
    bySyllable.OrderBy(syllable => syllable.Key, StringComparer.Ordinal).Select(syllable => $"{syllable.Key} {string.Concat(syllable)}"));

// simplified.txt: pairs of a traditional character and its simplified form, 50 pairs a line
var pairs = Rows("simplified.tsv")
    .Select(row => (Traditional: row[0], Simplified: row[1].Split(' ').First(to => to != row[0])))
    .Select(pair => pair.Traditional + pair.Simplified);
File.WriteAllLines(Path.Combine(target, "simplified.txt"), pairs.Chunk(50).Select(chunk => string.Concat(chunk)));

static IEnumerable<string[]> Rows(string file) => File.ReadLines(file).Skip(1).Select(line => line.Split('\t'));

static string Toneless(string reading) => string.Concat(reading.Normalize(NormalizationForm.FormD)
    .Where(c => c == '\u0308' || CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Normalize(NormalizationForm.FormC);
