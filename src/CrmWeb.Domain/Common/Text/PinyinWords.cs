using System.Collections.Frozen;
using System.Text;

namespace CrmWeb.Domain.Common;

/// <summary>Where the usual reading of a character is wrong: in a word of two characters, or in names at large.</summary>
internal static class PinyinWords
{
    /// <summary>Readings a dictionary puts second and names put first: 长 of 长江, 都 of 成都, 地 of 地产.</summary>
    private static readonly FrozenDictionary<Rune, string> inNames = Characters("长 chang,都 du,地 di,卜 bu,薄 bo,翟 zhai,阚 kan");

    private static readonly FrozenDictionary<(Rune, Rune), (string, string)> words = Words("""
        重庆 chong qing,重阳 chong yang,重复 chong fu,重叠 chong die,重逢 chong feng,双重 shuang chong,九重 jiu chong,
        银行 yin hang,行长 hang zhang,行业 hang ye,行情 hang qing,行家 hang jia,行号 hang hao,商行 shang hang,总行 zong hang,分行 fen hang,支行 zhi hang,
        车行 che hang,洋行 yang hang,央行 yang hang,投行 tou hang,同行 tong hang,琴行 qin hang,典行 dian hang,五行 wu xing,建行 jian hang,农行 nong hang,
        会长 hui zhang,校长 xiao zhang,部长 bu zhang,局长 ju zhang,市长 shi zhang,省长 sheng zhang,县长 xian zhang,院长 yuan zhang,处长 chu zhang,
        科长 ke zhang,店长 dian zhang,厂长 chang zhang,班长 ban zhang,队长 dui zhang,组长 zu zhang,家长 jia zhang,事长 shi zhang,站长 zhan zhang,
        社长 she zhang,所长 suo zhang,首长 shou zhang,船长 chuan zhang,成长 cheng zhang,增长 zeng zhang,生长 sheng zhang,长大 zhang da,长子 zhang zi,
        长孙 zhang sun,长老 zhang lao,
        厦门 xia men,西藏 xi zang,藏族 zang zu,宝藏 bao zang,地藏 di zang,六安 lu an,蚌埠 beng bu,番禺 pan yu,东阿 dong e,山阿 shan e,铅山 yan shan,
        乐清 yue qing,荥阳 xing yang,浚县 xun xian,中牟 zhong mu,牟平 mu ping,莘县 shen xian,柏林 bo lin,秘鲁 bi lu,大埔 da bu,吐蕃 tu bo,尉氏 wei shi,
        尉犁 yu li,单县 shan xian,任丘 ren qiu,歙县 she xian,黄埔 huang pu,天台 tian tai,台州 tai zhou,会稽 kuai ji,龟兹 qiu ci,燕山 yan shan,
        解放 jie fang,覃塘 tan tang,华佗 hua tuo,
        音乐 yin yue,乐器 yue qi,乐团 yue tuan,乐队 yue dui,乐章 yue zhang,民乐 min yue,声乐 sheng yue,乐谱 yue pu,爱乐 ai yue,
        会计 kuai ji,财会 cai kuai,空调 kong tiao,调味 tiao wei,调料 tiao liao,调节 tiao jie,协调 xie tiao,调频 tiao pin,弹簧 tan huang,弹性 tan xing,
        传记 zhuan ji,人参 ren shen,参茸 shen rong,海参 hai shen,高丽 gao li,朝霞 zhao xia,朝晖 zhao hui,朝阳 chao yang,今朝 jin zhao,率先 shuai xian,
        停泊 ting bo,大夫 dai fu,便宜 pian yi,校对 jiao dui,校准 jiao zhun,模具 mu ju,模板 mu ban,模样 mu yang,角色 jue se,曾经 ceng jing,还原 huan yuan,
        归还 gui huan,投降 tou xiang,降落 jiang luo,供给 gong ji,给养 ji yang,给排 ji pai,差旅 chai lü,出差 chu chai,着陆 zhuo lu,着装 zhuo zhuang,
        沉没 chen mo,血液 xue ye,薄荷 bo he,剥离 bo li,宿迁 su qian,星宿 xing xiu,盛饭 cheng fan,称职 chen zhi,圈养 juan yang,塞外 sai wai,要塞 yao sai,
        甲壳 jia qiao,地壳 di qiao,外传 wai zhuan,自传 zi zhuan,数一 shu yi,奇数 ji shu,可汗 ke han,咖喱 ga li,伽马 ga ma,
        欧阳 ou yang,尉迟 yu chi,万俟 mo qi,单于 chan yu,乐正 yue zheng,澹台 tan tai,令狐 ling hu,宰父 zai fu
        """);

    public static string? InNames(Rune character) => inNames.GetValueOrDefault(character);

    /// <summary>Both syllables of a word of two simplified characters that goes its own way; null for all others.</summary>
    public static (string First, string Second)? OfWord(Rune first, Rune second) => words.TryGetValue((first, second), out var read) ? read : null;

    /// <summary>Reads "单 shan,仇 qiu".</summary>
    internal static FrozenDictionary<Rune, string> Characters(string list) =>
        Entries(list).ToFrozenDictionary(entry => Rune.GetRuneAt(entry[0], 0), entry => entry[1]);

    private static FrozenDictionary<(Rune, Rune), (string, string)> Words(string list) =>
        Entries(list).ToFrozenDictionary(entry => (new Rune(entry[0][0]), new Rune(entry[0][1])), entry => (entry[1], entry[2]));

    private static IEnumerable<string[]> Entries(string list) =>
        list.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry => entry.Split(' '));
}
