using Xunit;

#pragma warning disable IDE0130 // The namespace of the kernel's class: the library finds it by its name.
namespace System;

/// <summary>Stands in for the kernel, with the names and parameters of its own class.</summary>
public static class DisplayExtensions
{
    /// <summary>What was displayed; null while no test plays the kernel.</summary>
    internal static List<DisplayedValue>? Shown { get; set; }

    public static DisplayedValue? Display(this object value, params string[] mimeTypes)
    {
        Assert.Empty(mimeTypes);
        var displayed = new DisplayedValue(value);
        Shown?.Add(displayed);
        return Shown is null ? null : displayed;
    }

    public sealed class DisplayedValue(object value)
    {
        internal List<object> Values { get; } = [value];

        public void Update(object updatedValue) => Values.Add(updatedValue);
    }
}
