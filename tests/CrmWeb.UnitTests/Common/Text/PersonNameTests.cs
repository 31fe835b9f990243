using CrmWeb.Domain.Common;

namespace CrmWeb.UnitTests.Common;

public class PersonNameTests
{
    [Theory]
    [InlineData("张伟", "张", "伟")]
    [InlineData(" 张 伟 ", "张", "伟")]
    [InlineData("欧阳修", "欧阳", "修")]
    [InlineData("歐陽修", "歐陽", "修")]
    [InlineData("诸葛亮", "诸葛", "亮")]
    [InlineData("司马", "司", "马")] // two characters: a one-character family name is far more likely
    [InlineData("单雄信", "单", "雄信")]
    [InlineData("迈克尔·乔丹", "乔丹", "迈克尔")]
    [InlineData("김철수", "김", "철수")]
    [InlineData("남궁민수", "남궁", "민수")]
    [InlineData("山田 花子", "山田", "花子")]
    [InlineData("ひかり", "ひかり", "")]
    [InlineData("王", "王", "")]
    [InlineData("𠮷伟", "𠮷", "伟")]
    [InlineData("Elin Sandström", "Sandström", "Elin")]
    [InlineData("Sandström, Elin", "Sandström", "Elin")]
    [InlineData("Ludwig van Beethoven", "van Beethoven", "Ludwig")]
    [InlineData("Maria Anna de la Cruz", "de la Cruz", "Maria Anna")]
    [InlineData("Martin Luther King Jr.", "King Jr.", "Martin Luther")]
    [InlineData("Ada Brontë, PhD", "Brontë, PhD", "Ada")]
    [InlineData("Madonna", "Madonna", "")]
    [InlineData("van Gogh", "Gogh", "van")]
    [InlineData("", "", "")]
    [InlineData(",", ",", "")]
    public void A_full_name_is_taken_apart(string name, string family, string given) => Assert.Equal(new PersonName(family, given), PersonName.Split(name));

    [Theory]
    [InlineData("张", "伟", "张伟")]
    [InlineData("김", "철수", "김철수")]
    [InlineData("山田", "ひかり", "山田ひかり")]
    [InlineData("Sandström", "Elin", "Elin Sandström")]
    [InlineData("王", "Wei", "Wei 王")]
    [InlineData("王", null, "王")]
    [InlineData(null, "Elin", "Elin")]
    [InlineData(" ", "", "")]
    public void A_name_is_shown_as_its_script_is_read(string? family, string? given, string shown) => Assert.Equal(shown, PersonName.Display(family, given));
}
