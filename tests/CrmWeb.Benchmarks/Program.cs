Console.WriteLine("| row | |");
