Console.WriteLine("semples");
