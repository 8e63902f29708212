namespace SixLabors.ImageSharp;

public sealed class InvalidImageContentException(string errorMessage) : ImageFormatException(errorMessage);
