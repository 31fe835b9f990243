using CrmWeb.Domain.Customers;
using static CrmWeb.Services.Common.FieldUse;

namespace CrmWeb.Services.Customers;

/// <summary>The fields of a contact.</summary>
public sealed class ContactType : RecordType<Contact>
{
    private const FieldUse Plain = List | Filter | Form | Import | Export | Inline;

    public ContactType() : base("contacts", "users")
    {
        Field(c => c.FullName, FieldKind.Title, List | Filter | Export).As("name").SortBy(c => c.SortKey).Shows(c => c.JobTitle);
        Field(c => c.FamilyName, FieldKind.Text, Filter | Form | Import | Export | Quick).In("Identity").IsTold().AlsoCalled("last name", "surname", "姓");
        Field(c => c.GivenName, FieldKind.Text, Filter | Form | Import | Export | Quick).In("Identity").IsTold().AlsoCalled("first name", "forename", "名");
        Field(c => c.DisplayName, FieldKind.Text, Form | Import | Export).In("Identity").IsTold().AlsoCalled("full name", "contact name", "姓名");
        Field(c => c.Salutation, FieldKind.Text, Form | Import | Export | Inline).In("Identity").AlsoCalled("title prefix", "称谓");
        Field(c => c.Pronunciation, FieldKind.Text, Form | Import | Export | Inline).In("Identity").IsTold().AlsoCalled("pinyin", "拼音");
        Field(c => c.CustomerId, FieldKind.Reference, List | Filter | Import | Export | Quick).LeadsTo("Customer", c => c.Customer!.Name).In("Identity").AlsoCalled("company", "account", "organisation", "公司");
        Field(c => c.JobTitle, FieldKind.Text, Plain | Bulk | Quick).In("Identity").AlsoCalled("title", "position", "contact title", "职位");
        Field(c => c.Department, FieldKind.Text, Plain | Bulk).In("Identity").AlsoCalled("部门");
        Field(c => c.Role, FieldKind.Choice, Plain | Bulk).In("Identity").AlsoCalled("角色");
        Field(c => c.ReportsToId, FieldKind.Reference, Form).LeadsTo("Contact", c => c.ReportsTo!.FullName).In("Identity");
        Field(c => c.Email, FieldKind.Email, Plain | Quick).In("Reach").AlsoCalled("e-mail", "mail", "email address", "邮箱");
        Field(c => c.EmailState, FieldKind.Choice, Bulk | List | Filter | Form | Export | Inline).In("Reach");
        Field(c => c.Phone, FieldKind.Phone, Plain | Quick).In("Reach").AlsoCalled("telephone", "tel", "work phone", "电话");
        Field(c => c.Mobile, FieldKind.Phone, Plain).In("Reach").AlsoCalled("cell", "mobile phone", "手机");
        Field(c => c.OtherEmails, FieldKind.Reaches, Form | Import | Export | Inline).In("Reach").AlsoCalled("other email", "email 2", "second email", "其他邮箱");
        Field(c => c.PreferredChannel, FieldKind.Choice, Plain | Bulk).In("Reach");
        Field(c => c.DoNotCall, FieldKind.Flag, Plain | Bulk).In("Reach").IsTold();
        Field(c => c.Language, FieldKind.Language, Plain | Bulk).In("Reach").AlsoCalled("语言");
        Field(c => c.Birthday, FieldKind.Day, Form | Filter | Import | Export | Inline | Sort).In("More").AlsoCalled("date of birth", "生日");
        Field(c => c.Street, FieldKind.Text, Form | Import | Export | Inline).In("Address").AlsoCalled("address", "地址");
        Field(c => c.City, FieldKind.Text, Plain | Bulk).In("Address").AlsoCalled("城市");
        Field(c => c.Region, FieldKind.Text, Bulk | Form | Import | Export | Inline).In("Address").AlsoCalled("state", "province", "省份");
        Field(c => c.PostalCode, FieldKind.Text, Form | Import | Export | Inline).In("Address").AlsoCalled("zip", "postcode", "邮编");
        Field(c => c.Country, FieldKind.Country, Plain | Bulk).In("Address").AlsoCalled("国家");
        Field(c => c.Tags, FieldKind.Tags, List | Filter | Form | Import | Export | Inline).In("More").AlsoCalled("标签");
        Field(c => c.Description, FieldKind.LongText, Form | Import | Export | Inline).In("More").AlsoCalled("notes", "备注");
        Field(c => c.ExternalSource, FieldKind.Text, Filter | Form | Import | Export).In("More").IsTold();
        Field(c => c.ExternalId, FieldKind.Text, Filter | Form | Import | Export).In("More").IsTold().AlsoCalled("id", "key", "编号");
        Field(c => c.CreatedAt, FieldKind.Moment, List | Filter | Sort | Export);

        Columns = ["name", "customer", "role", "phone", "email", "city"];
        Order = ("name", false);
        MatchBy = [MatchKind.External, MatchKind.Email, MatchKind.Phone];
        Views = [new("all", ""), new("decides", "f.role.is=Decides"), new("noEmail", "f.email.empty=true"), new("new", "f.createdAt.in=thisMonth&sort=createdAt&dir=desc")];
    }
}
