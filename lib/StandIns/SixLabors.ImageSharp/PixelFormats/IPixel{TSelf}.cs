namespace SixLabors.ImageSharp.PixelFormats;

public interface IPixel<TSelf> : IEquatable<TSelf>, IPixel
    where TSelf : unmanaged, IPixel<TSelf>;
