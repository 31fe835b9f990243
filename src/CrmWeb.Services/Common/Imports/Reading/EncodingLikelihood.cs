using System.Collections.Frozen;
using System.Text;

namespace CrmWeb.Services.Common;

/// <summary>
/// Tells encodings apart that accept each other's bytes, by how usual the characters would be that come out. A wrong guess yields rare characters,
/// private ones or letters in impossible places.
/// </summary>
internal static class EncodingLikelihood
{
    private const int MostCharacters = 4000;
    private const double BadBytesCost = 5;

    private static readonly FrozenSet<char> commonSimplified = (
        "的一是不了人我在有他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经去法学如都同现当没动面起看定天分还进好小部其"
        + "些主样理心本前开但因只从想实日者意无力与长把机民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利等产新制身果加西斯月话合回特代内信表"
        + "化老给世位次度门任常先海通教原东立及比员解水名论处走义各入几口认条平系气题活更别打女变四总何电数安少报结受目太量建务做接场件计管期市直德资山金指统区保至队社空治展马科司"
        + "五基书非则白界达光放强权思王完设式色路记南品住告类求据程北张交规万格领共确传师清院带导运公司客户名称联系电话手机邮箱城市地址备注编号日期金额李刘陈杨赵黄周吴徐孙胡朱林何郭").ToFrozenSet();

    private static readonly FrozenSet<char> commonTraditional = (
        "的一是不了人我在有他這中大來上國和地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經去法學如都同現當沒動面起看定天分還進好小部其"
        + "些主樣理心本前開但因只從想實日者意無力與長把機民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利等產新制身果加西斯月話合回特代內信表"
        + "化老給世位次度門任常先海通教原東立及比員解水名論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報結受目太量建務做接場件計管期市直德資山金指統區保至隊社空治展馬科司"
        + "五基書非則白界達光放強權思王完設式色路記南品住告類求據程北張交規萬格領共確傳師清院帶導運公司客戶名稱聯絡電話手機郵箱城市地址備註編號日期金額李劉陳楊趙黃周吳徐孫胡朱林何郭").ToFrozenSet();

    private static readonly FrozenSet<char> commonKorean = (
        "이가는다에의을를하고도로지사기한은인어시아부서대나리자정과수주일라전장원스만보회상그제동경조여신구국성해소공위선연우화물산업식비현계관방무영개입강유안문진실행양통김박최임오권황송홍"
        + "객이름번호메일거래처담당삼테트글철희민준지혜승").ToFrozenSet();

    public static string Best(ReadOnlySpan<byte> sample)
    {
        var bytes = sample.ToArray();
        return new (string Name, Func<string, int, double> Weight)[]
        {
            ("gb18030", (text, i) => InSet(text[i], commonSimplified, DoubleByte(936, text[i], 0xB0, 0xD7, 0xF7))),
            ("windows-1252", LatinWeight),
            ("ks_c_5601-1987", (text, i) => InSet(text[i], commonKorean, text[i] is >= '\uAC00' and <= '\uD7A3' ? DoubleByte(949, text[i], 0xB0, 0xC8, 0xC8) : 0.2)),
            ("shift_jis", (text, i) => JapaneseWeight(text[i])),
            ("big5", (text, i) => InSet(text[i], commonTraditional, DoubleByte(950, text[i], 0xA4, 0xC6, 0xC6, lowTrail: true))),
            ("windows-1251", CyrillicWeight),
        }.MaxBy(candidate => Likelihood(TableEncodings.Get(candidate.Name).GetString(bytes), candidate.Weight)).Name;
    }

    private static double Likelihood(string text, Func<string, int, double> weight)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < text.Length && count < MostCharacters; i++)
        {
            if (text[i] < 128 || char.IsLowSurrogate(text[i]))
                continue;
            count++;
            sum += text[i] switch
            {
                TableEncodings.BadBytes => -BadBytesCost,
                >= '\u3000' and <= '\u303F' or >= '\uFF01' and <= '\uFF5E' => 0.8, // punctuation of all East Asian encodings
                >= '\uE000' and <= '\uF8FF' or < '\u00A0' => -1, // private or control: nobody writes them
                var c => char.IsHighSurrogate(c) ? 0.1 : weight(text, i),
            };
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double InSet(char c, FrozenSet<char> common, double otherwise) => common.Contains(c) ? 1 : 0.7 * otherwise;

    /// <summary>Standards put the usual characters into their first rows.</summary>
    private static double DoubleByte(int codePage, char c, byte first, byte lastUsual, byte lastRare, bool lowTrail = false)
    {
        Span<byte> bytes = stackalloc byte[4];
        return Encoding.GetEncoding(codePage).GetBytes([c], bytes) != 2 || bytes[0] < first || (!lowTrail && bytes[1] < 0xA1) ? 0.1
            : bytes[0] <= lastUsual ? 1 : bytes[0] <= lastRare ? 0.5 : 0.1;
    }

    private static double JapaneseWeight(char c) => c switch
    {
        >= '\u3041' and <= '\u30FF' => 1,
        >= '\uFF61' and <= '\uFF9F' => 0, // half-width kana: what Chinese bytes look like
        _ => DoubleByte(932, c, 0x87, 0x98, 0xFC, lowTrail: true) * 0.7,
    };

    /// <summary>An accented letter stands among plain ones; of the other signs only quotes, dashes and the like are usual.</summary>
    private static double LatinWeight(string text, int i) => text[i] switch
    {
        >= 'À' and not ('×' or '÷' or > 'ÿ') or 'Œ' or 'œ' or 'Š' or 'š' or 'Ž' or 'ž' or 'Ÿ' =>
            IsHigh(text, i - 1) || IsHigh(text, i + 1) ? 0.1 : IsLetterAt(text, i - 1) || IsLetterAt(text, i + 1) ? 1 : 0.3,
        '‘' or '’' or '“' or '”' or '„' or '‚' or '–' or '—' or '…' or '•' or '€' or '™' or '«' or '»' or '\u00A0' or '°' or '§' or '©' or '®' or '£' or '¿' or '¡' or 'º' or 'ª'
            or '½' or '²' or '·' => IsHigh(text, i - 1) || IsHigh(text, i + 1) ? 0.4 : 0.7,
        _ => -0.3,
    };

    /// <summary>Cyrillic letters stand among their like, and a capital never after a small one.</summary>
    private static double CyrillicWeight(string text, int i)
    {
        var (before, after) = (IsHigh(text, i - 1), IsHigh(text, i + 1));
        if (text[i] is '«' or '»' or '„' or '“' or '”' or '–' or '—' or '№' or '…' or '\u00A0')
            return 0.3;
        if (text[i] is < '\u0400' or > '\u045F')
            return -0.5;
        return !before && !after ? 0.2 : before && char.IsUpper(text[i]) && char.IsLower(text[i - 1]) ? -1 : 0.95;
    }

    private static bool IsHigh(string text, int i) => i >= 0 && i < text.Length && text[i] >= 128 && char.IsLetter(text[i]);

    private static bool IsLetterAt(string text, int i) => i >= 0 && i < text.Length && char.IsLetter(text[i]);
}
