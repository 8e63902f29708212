namespace SixLabors.ImageSharp;

public sealed class UnknownImageFormatException(string errorMessage) : ImageFormatException(errorMessage);
