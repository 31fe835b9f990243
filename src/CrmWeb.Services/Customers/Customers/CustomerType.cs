using CrmWeb.Domain.Customers;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Customers;

/// <summary>The fields of a customer.</summary>
public sealed class CustomerType : RecordType<Customer>
{
    private const FieldUse Plain = List | Filter | Form | Import | Export | Inline;

    public CustomerType() : base("customers", "building")
    {
        Field(c => c.Name, FieldKind.Title, Plain | Quick | Search).In("Identity").SortBy(c => c.SortKey).Shows(c => c.City, c => c.Country, c => c.Kind)
            .AlsoCalled("account", "account name", "company", "company name", "customer", "organisation", "organization", "reseller", "公司", "公司名称", "客户名称", "单位");
        Field(c => c.Kind, FieldKind.Choice, Plain | Bulk | Quick).In("Identity").IsTold().AlsoCalled("type", "客户类型");
        Field(c => c.LegalName, FieldKind.Text, Plain).In("Identity").IsTold().AlsoCalled("registered name", "全称");
        Field(c => c.OtherName, FieldKind.Text, Plain).In("Identity").IsTold().AlsoCalled("chinese name", "english name", "trade name", "中文名", "英文名");
        Field(c => c.Number, FieldKind.Text, List | Filter | Export).SortBy(c => c.Number);
        Field(c => c.Roles, FieldKind.Choices, Plain | Bulk).In("Identity").AlsoCalled("role", "角色");
        Field(c => c.Lifecycle, FieldKind.Choice, List | Filter | Sort | Export).AlsoCalled("stage");
        Field(c => c.OwnerId, FieldKind.Reference, List | Filter | Export | Import | Quick | Bulk).LeadsTo("User", c => c.Owner!.Name).In("Identity").AlsoCalled("owner", "sales rep", "account manager", "负责人");
        Field(c => c.OwnerTeamId, FieldKind.Reference, Filter | Export).As("team").LeadsTo("Team", c => c.OwnerTeam!.Name);
        Field(c => c.ParentId, FieldKind.Reference, List | Filter | Form | Import | Export | Inline).LeadsTo("Customer", c => c.Parent!.Name).In("Identity").AlsoCalled("subsidiary of", "parent company", "上级公司");
        Field(c => c.Industry, FieldKind.Text, Plain | Bulk).In("Identity").AlsoCalled("sector", "business type", "行业");
        Field(c => c.Employees, FieldKind.Whole, Plain | Sort).In("Identity").AlsoCalled("number of employees", "headcount", "员工人数");
        Field(c => c.SizeBand, FieldKind.Choice, List | Filter | Export).In("Identity").FollowsFrom(SizeBands.ByEmployees);
        Field(c => c.AnnualRevenue, FieldKind.Money, Plain | Sort | Total).In("Identity").Shows(c => c.Currency).AlsoCalled("revenue", "turnover", "annual sales", "年营业额");
        Field(c => c.FoundedYear, FieldKind.Whole, Plain | Sort).In("Identity").AlsoCalled("year established", "year opened", "founded", "成立年份");
        Field(c => c.Rating, FieldKind.Choice, Plain | Bulk | Sort).In("Identity").AlsoCalled("grade", "评级");

        Field(c => c.Phone, FieldKind.Phone, Plain | Quick | Search).In("Reach").AlsoCalled("telephone", "tel", "phone number", "电话", "手机");
        Field(c => c.Email, FieldKind.Email, Plain | Quick | Search).In("Reach").AlsoCalled("e-mail", "mail", "email address", "邮箱", "电子邮件");
        Field(c => c.OtherPhones, FieldKind.Reaches, Form | Import | Export | Inline).In("Reach").AlsoCalled("other phone", "phone 2", "second phone", "其他电话");
        Field(c => c.OtherEmails, FieldKind.Reaches, Form | Import | Export | Inline).In("Reach").AlsoCalled("other email", "email 2", "second email", "其他邮箱");
        Field(c => c.Website, FieldKind.Url, Plain | Quick).In("Reach").IsTold().AlsoCalled("web", "url", "homepage", "网站", "网址");
        Field(c => c.PreferredChannel, FieldKind.Choice, Plain | Bulk).In("Reach");
        Field(c => c.Language, FieldKind.Language, Plain | Bulk).In("Reach").AlsoCalled("语言");
        Field(c => c.TimeZone, FieldKind.Text, Plain | Bulk).In("Reach").AlsoCalled("time zone", "时区");
        Field(c => c.ContactRule, FieldKind.Text, Bulk | Form | Export | Inline | Import).In("Reach").IsTold();

        Field(c => c.Street, FieldKind.Text, Plain).In("Address").AlsoCalled("address", "address 1", "street address", "地址", "街道");
        Field(c => c.District, FieldKind.Text, Plain | Bulk).In("Address").AlsoCalled("区县");
        Field(c => c.City, FieldKind.Text, Plain | Bulk | Sort).In("Address").IsTold().AlsoCalled("town", "城市");
        Field(c => c.Region, FieldKind.Text, Plain | Bulk).In("Address").AlsoCalled("state", "province", "county", "省份");
        Field(c => c.PostalCode, FieldKind.Text, Plain).In("Address").AlsoCalled("zip", "zip code", "postcode", "邮编");
        Field(c => c.Country, FieldKind.Country, Plain | Bulk | Sort).In("Address").AlsoCalled("office location", "location", "国家");
        Field(c => c.OtherAddresses, FieldKind.Addresses, Form | Import | Export | Inline).In("Address").AlsoCalled("other address", "shipping address", "delivery address", "其他地址", "收货地址");

        Field(c => c.Currency, FieldKind.Currency, Plain | Bulk).In("Terms").AlsoCalled("币种");
        Field(c => c.PaymentTermsDays, FieldKind.Whole, Plain | Bulk).In("Terms").AlsoCalled("payment terms", "terms", "账期");
        Field(c => c.CreditLimit, FieldKind.Money, Plain | Bulk).In("Terms").Shows(c => c.Currency).AlsoCalled("credit", "信用额度");
        Field(c => c.TaxNumber, FieldKind.Text, Plain | Quick).In("Terms").IsTold().AlsoCalled("vat", "vat number", "tax id", "统一社会信用代码", "税号");
        Field(c => c.InvoiceTitle, FieldKind.Text, Form | Import | Export | Inline).In("Terms").AlsoCalled("发票抬头");
        Field(c => c.ServiceLevel, FieldKind.Choice, Plain | Bulk).In("Terms");

        Field(c => c.Territory, FieldKind.Text, Plain | Bulk).In("More").AlsoCalled("区域");
        Field(c => c.Source, FieldKind.Text, Plain | Bulk).In("More").AlsoCalled("lead source", "来源");
        Field(c => c.Campaign, FieldKind.Text, Plain | Bulk).In("More");
        Field(c => c.Tags, FieldKind.Tags, List | Filter | Form | Import | Export | Inline).In("More").AlsoCalled("labels", "标签");
        Field(c => c.Description, FieldKind.LongText, Form | Import | Export | Inline).In("More").AlsoCalled("notes", "comment", "备注");
        Field(c => c.ExternalSource, FieldKind.Text, Filter | Form | Import | Export).In("More").IsTold();
        Field(c => c.ExternalId, FieldKind.Text, Filter | Form | Import | Export).In("More").IsTold().AlsoCalled("id", "customer id", "key", "account number", "编号");

        Field(c => c.Figures!.LastTouchAt, FieldKind.Moment, List | Filter | Sort).As("lastTouch").Shows(c => c.Figures!.LastTouchKind);
        Field(c => c.Figures!.NextStepOn, FieldKind.Day, List | Filter | Sort).As("nextStep").Shows(c => c.Figures!.NextStep);
        Field(c => c.Figures!.OpenPromises, FieldKind.Whole, List | Filter | Sort);
        Field(c => c.CustomerSince, FieldKind.Moment, List | Filter | Sort | Export);
        Field(c => c.CreatedAt, FieldKind.Moment, List | Filter | Sort | Export);
        Field(c => c.ModifiedAt, FieldKind.Moment, List | Filter | Sort | Export);

        Columns = ["name", "lifecycle", "owner", "annualRevenue", "lastTouch", "nextStep"];
        Order = ("name", false);
        MatchBy = [MatchKind.External, MatchKind.TaxNumber, MatchKind.Email, MatchKind.Phone, MatchKind.Name];
        Views =
        [
            new("all", ""), new("mine", "f.owner.is=me"), new("quiet", "f.lastTouch.lt=-14d&sort=lastTouch"), new("atRisk", "f.lifecycle.is=AtRisk"),
            new("new", "f.createdAt.in=thisMonth&sort=createdAt&dir=desc"), new("noNextStep", "f.nextStep.empty=true"),
        ];
    }
}
