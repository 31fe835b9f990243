using System.Collections.Frozen;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Chinese and Korean family names that need knowledge: those of two characters, and those read otherwise than the character elsewhere.</summary>
internal static class Surnames
{
    private static readonly FrozenSet<string> compound = """
        欧阳 司马 诸葛 上官 夏侯 尉迟 万俟 长孙 令狐 宇文 独孤 慕容 皇甫 公孙 轩辕 东方 南宫 西门 司徒 司空 呼延 端木 百里 澹台 公冶 宗政 濮阳 淳于
        单于 太叔 申屠 赫连 钟离 闻人 东郭 拓跋 乐正 鲜于 闾丘 亓官 司寇 颛孙 巫马 漆雕 公良 夹谷 宰父 谷梁 段干 梁丘 左丘 南门 羊舌 公羊 第五 达奚
        纳兰 完颜 叶赫 富察 爱新 那拉 贺兰 哥舒 仆固 长谷
        남궁 황보 제갈 사공 선우 서문 독고 동방
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Rune, string> readings = PinyinWords.Characters("""
        单 shan,仇 qiu,解 xie,曾 zeng,朴 piao,查 zha,区 ou,翟 zhai,覃 qin,盖 ge,缪 miao,乜 nie,员 yun,召 shao,折 she,祭 zhai,种 chong,秘 bi,能 nai,
        郇 xun,句 gou,繁 po,阚 kan,乐 yue,藏 zang,薄 bo,佴 nai,黑 he,卜 bu
        """);

    /// <summary>A family name of two characters, in simplified form.</summary>
    public static bool IsCompound(string twoCharacters) => compound.Contains(twoCharacters);

    /// <summary>The syllable of a one-character family name that is read in its own way; null for all others.</summary>
    public static string? ReadingOf(Rune character) => readings.GetValueOrDefault(character);
}
