using System.Globalization;
using System.Text;

namespace CrmWeb.Benchmarks;

/// <summary>A file of customers as another program would have written it.</summary>
internal static class ImportFile
{
    private const int Rows = 50_000; // enough that the first seconds, in which code is compiled, do not decide
    private static readonly string[] Words = ["Nordic", "Harbour", "Alpine", "Granite", "Meadow", "Copper", "Willow", "Summit", "Amber", "Falcon", "Cedar", "Delta"];
    private static readonly string[] Trades = ["Machinery", "Logistics", "Foods", "Chemicals", "Robotics", "Textiles", "Software", "Foundry"];
    private static readonly (string City, string Country, string Currency, string Dial)[] Places =
        [("Gothenburg", "Sweden", "SEK", "+46 31"), ("Hamburg", "Germany", "EUR", "+49 40"), ("Leeds", "United Kingdom", "GBP", "+44 113"), ("Lyon", "France", "EUR", "+33 4"), ("苏州", "中国", "CNY", "+86 512")];

    /// <summary>Imports the file into an empty database with all rules: suggested columns, checks, look-up of duplicates, search, audit, figures.</summary>
    public static async Task<(double RowsPerSecond, double PeakMb)> RunAsync(string data)
    {
        var file = Path.Combine(data, "customers.csv");
        await File.WriteAllTextAsync(file, Text(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var (start, _) = await Product.RunAsync(data, input: null, "migrate");
        var (whole, peak) = await Product.RunAsync(data, input: null, "import", "customers", file);
        return (Rows / (whole - start).TotalSeconds, peak); // starting the program is no part of it
    }

    private static string Text()
    {
        var (text, dice) = (new StringBuilder("Company name,Account number,Website,Phone,Email,Street,City,Postcode,Country,Currency,Annual revenue,Employees,Industry,Tax number\n"), new Random(2026));
        for (var n = 1; n <= Rows; n++)
        {
            var (word, trade, place) = (Words[dice.Next(Words.Length)], Trades[dice.Next(Trades.Length)], Places[dice.Next(Places.Length)]);
            text.Append(CultureInfo.InvariantCulture, $"{word} {trade} {n},A-{n:00000},https://{word}{n}.example,{place.Dial} {dice.Next(100_000, 999_999)},office@{word}{n}.example,")
                .Append(CultureInfo.InvariantCulture, $"Main Street {dice.Next(1, 200)},{place.City},{dice.Next(10_000, 99_999)},{place.Country},{place.Currency},{dice.Next(1, 500) * 100_000},{dice.Next(2, 5_000)},{trade},T{n:000000}{dice.Next(100, 999)}\n");
        }
        return text.ToString();
    }
}
