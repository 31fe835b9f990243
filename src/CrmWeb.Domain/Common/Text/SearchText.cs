using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>
/// The one text in which a record is found, and the questions put to it. Both a full-text index of trigrams and a plain LIKE look for the needles of
/// <see cref="Terms"/> in it as substrings, so both answer the same. Store and compare it by ordinal (binary) collation: it holds control characters.
/// </summary>
public static class SearchText
{
    /// <summary>Longer texts are cut: whole lines first, then marks of single characters.</summary>
    public const int MaxLength = 2000;

    public const int MaxTerms = 6, MaxQuestionLength = 100;

    // marked grams find what is shorter than three characters, the least a trigram index can look up
    internal const char OneMark = '\u0001', PairMark = '\u0002', StartMark = '\u0003';
    private const int MaxLinesLength = 1400;

    /// <summary>
    /// A line per part, folded; digits of phone-like parts; pinyin and its initials of parts with Han characters (also read as a name); then
    /// marked grams of each CJK character and pair and of the first two letters of each word.
    /// </summary>
    public static string Index(IEnumerable<string?> parts)
    {
        var (lines, starts) = (new List<string>(), new List<string>());
        foreach (var folded in parts.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => TextFold.Fold(part!)))
        {
            Add(lines, folded);
            foreach (var digits in PhoneDigits.Runs(folded))
                Add(lines, digits);
            if (Script.HasHan(folded))
                AddPinyin(lines, starts, folded);
        }
        var text = new StringBuilder(Cut(string.Join('\n', lines), MaxLinesLength));
        if (lines.Count > 0)
            SearchGrams.Append(text.Append('\n'), lines, starts);
        return Cut(text.ToString(), MaxLength);
    }

    /// <summary>
    /// The needles of a question: its words, folded. A number with blanks, dashes or brackets is looked for by its digits; one or two CJK
    /// characters and two letters by their marks, so two letters find starts of words and pinyin initials.
    /// </summary>
    public static IReadOnlyList<SearchTerm> Terms(string question)
    {
        var folded = Cut(TextFold.Fold(Cut(question, 4 * MaxQuestionLength)), MaxQuestionLength);
        if (PhoneDigits.OfQuestion(folded) is { } digits)
            return [new(digits, IsTooShort: false)];
        var terms = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)
            .Select(SearchTerm.Of).OfType<SearchTerm>().Take(MaxTerms).ToList();
        return terms.Exists(term => !term.IsTooShort) ? terms.FindAll(term => !term.IsTooShort) : terms;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    /// <summary>What is part of another line is found there.</summary>
    private static void Add(List<string> lines, string line)
    {
        if (line.Length > 0 && !lines.Exists(other => other.Contains(line, StringComparison.Ordinal)))
            lines.Add(line);
    }

    private static void AddPinyin(List<string> lines, List<string> starts, string folded)
    {
        AddReading(lines, starts, PinyinReader.Read(folded, isName: false));
        if (folded.Length is >= 2 and <= 4 && Surnames.ReadingOf(Rune.GetRuneAt(folded, 0)) is not null)
            AddReading(lines, starts, PinyinReader.Read(folded, isName: true));
    }

    private static void AddReading(List<string> lines, List<string> starts, List<(string Text, bool IsSyllable)> read)
    {
        var full = Pinyin.Join(read, syllable => syllable);
        Add(lines, Pinyin.Typed(full));
        if (full.Contains('ü', StringComparison.Ordinal))
        {
            Add(lines, full.Replace('ü', 'u'));
            Add(lines, full.Replace("ü", "yu", StringComparison.Ordinal)); // as passports write it
        }
        var initials = Pinyin.Join(read, Pinyin.Initial);
        Add(lines, initials);
        starts.Add(initials);
    }
}
