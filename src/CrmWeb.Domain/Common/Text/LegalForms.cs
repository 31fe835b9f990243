using System.Collections.Frozen;

namespace CrmWeb.Domain.Common;

/// <summary>What companies add to their names by law, folded, without dots: the same company is written with and without.</summary>
internal static class LegalForms
{
    /// <summary>Words, and runs of words joined by blanks, that end a name.</summary>
    public static readonly FrozenSet<string> AtEnd = Set("""
        ltd,limited,inc,incorporated,corp,corporation,co,company,llc,llp,lp,plc,pllc,pvt,pte,pty,private,proprietary,public limited company,
        public company,joint stock company,open joint stock company,closed joint stock company,
        gmbh,mbh,ggmbh,gesmbh,ag,aktiengesellschaft,kg,kgaa,ohg,gbr,ug,haftungsbeschrankt,ek,ev,eg,se,
        sa,sas,sasu,sarl,eurl,sca,scs,snc,societe anonyme,spa,srl,srls,sapa,scarl,sl,slu,sau,sab,sac,saa,saic,saci,sacif,ltda,limitada,eireli,eirl,lda,
        sa de cv,sab de cv,sapi de cv,s de rl,s de rl de cv,sociedad anonima,sociedad limitada,
        bv,nv,vof,bvba,cvba,sprl,asbl,vzw,ab,abp,publ,hb,as,asa,aps,ivs,oy,oyj,ky,hf,ehf,sia,uab,ou,
        sp zoo,sp z oo,spolka z oo,sp k,sp j,sro,spol sro,s ro,spol s ro,vos,kft,zrt,nyrt,kkt,doo,dd,ad,ead,eood,ood,
        ooo,oao,zao,pao,ao,ojsc,cjsc,pjsc,jsc,ооо,оао,зао,пао,ао,тов,αε,επε,ικε,
        kk,gk,yk,kabushiki kaisha,kabushiki gaisha,sdn,bhd,berhad,tbk,tnhh,wll,bsc,fze,fzco,fzc,saog,saoc,sae,sti,sirketi,anonim sirketi
        """);

    public static readonly FrozenSet<string> AtStart = Set("the,pt,as,ab,ooo,oao,zao,pao,ao,ооо,оао,зао,пао,ао,тов,cong ty tnhh,cong ty co phan,cong ty");

    /// <summary>Words between the parts of a name that some write as a sign.</summary>
    public static readonly FrozenSet<string> Joints = Set("and,und,et,och,og");

    /// <summary>Written without blanks, longest first; folding has made traditional characters simplified.</summary>
    public static readonly string[] CjkAtEnd =
    [
        "(特殊普通合伙)", "(普通合伙)", "(有限合伙)", "股份有限公司", "有限责任公司", "责任有限公司", "株式会社", "有限会社", "合同会社", "合资会社", "合名会社", "有限公司",
        "股份公司", "유한책임회사", "주식회사", "유한회사", "(株)", "(有)", "(合)", "(주)", "(유)", "公司",
    ];

    public static readonly string[] CjkAtStart = ["株式会社", "有限会社", "合同会社", "合资会社", "合名会社", "주식회사", "유한회사", "(株)", "(有)", "(合)", "(주)", "(유)"];

    /// <summary>Branches end in the word for company, but are not the company.</summary>
    public static readonly string[] CjkBranches = ["分公司", "子公司", "总公司", "母公司"];

    private static FrozenSet<string> Set(string list) =>
        list.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
}
