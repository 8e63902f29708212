using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// Moves the parameters and buffers of a module, by name, from and to files. A module is never left half-loaded: everything is checked and read
/// first.
/// </summary>
public static class StateDict
{
    /// <summary>Loads a module from a file; float16 and bfloat16 are converted to the module's types.</summary>
    /// <param name="module">What receives the values.</param>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before the module's own names in the file; names without it are no concern of this call.</param>
    /// <param name="strict">True: names must agree on both sides. False: names may differ; shapes of common names may not.</param>
    /// <returns>What differed; without differences when strict.</returns>
    /// <exception cref="InvalidDataException">
    /// Names or shapes differ; the message names the file, the tensors and both shapes. The module is unchanged.
    /// </exception>
    public static StateDictReport Load(nn.Module module, WeightsFile file, string prefix = "", bool strict = true)
    {
        var names = file.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        var targets = module.state_dict();
        var report = Check(targets, names.ToDictionary(name => name[prefix.Length..], name => file.Entry(name).Shape), file.FilePath, strict);
        using var scope = NewDisposeScope();
        var values = names.Select(name => (Name: name[prefix.Length..], Full: name))
            .Where(name => targets.ContainsKey(name.Name))
            .ToDictionary(name => name.Name, name => file.Read(name.Full));
        Copy(targets, values);
        return report;
    }

    /// <summary>
    /// Loads a module that is new: one tensor of the file is in memory at a time, so where a read fails, the module is half-loaded, and its maker's to dispose.
    /// </summary>
    /// <param name="module">What receives the values.</param>
    /// <param name="file">The file.</param>
    /// <param name="prefix">What stands before the module's own names in the file; names without it are no concern of this call.</param>
    /// <param name="replaced">Values that take the place of the file's, under the module's names.</param>
    /// <exception cref="InvalidDataException">Names or shapes differ, or the file can't be read; the message names the file, the tensors and both shapes.</exception>
    internal static void Fill(nn.Module module, WeightsFile file, string prefix, IReadOnlyDictionary<string, Tensor> replaced)
    {
        var names = file.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]).ToList();
        var targets = module.state_dict();
        Check(targets, names.ToDictionary(name => name, name => replaced.TryGetValue(name, out var value) ? value.shape : file.Entry(prefix + name).Shape), file.FilePath, strict: true);
        using var noGradients = no_grad();
        foreach (var name in names)
        {
            if (replaced.TryGetValue(name, out var value))
                targets[name].copy_(value);
            else
                file.ReadInto(prefix + name, targets[name]);
        }
    }

    /// <summary>Loads a module from tensors in memory.</summary>
    /// <param name="module">What receives the values.</param>
    /// <param name="values">Values under the module's names.</param>
    /// <param name="source">Where the values come from, for the message of an error: a path as a rule.</param>
    /// <param name="strict">True: names must agree on both sides. False: names may differ; shapes of common names may not.</param>
    /// <returns>What differed; without differences when strict.</returns>
    /// <exception cref="InvalidDataException">
    /// Names or shapes differ; the message names the source, the tensors and both shapes. The module is unchanged.
    /// </exception>
    public static StateDictReport Load(nn.Module module, IReadOnlyDictionary<string, Tensor> values, string source, bool strict = true)
    {
        var targets = module.state_dict();
        var report = Check(targets, Shapes(values), source, strict);
        Copy(targets, values);
        return report;
    }

    /// <summary>Writes a module's parameters and buffers, atomically.</summary>
    /// <param name="module">What is written.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">Free texts; null for none.</param>
    /// <param name="dtype">The type in which floating-point tensors are stored; null keeps each tensor's own.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Save(nn.Module module, string path, IReadOnlyDictionary<string, string>? metadata = null, ScalarType? dtype = null) =>
        SafetensorsFile.Write(path, module.state_dict().Select(pair => (pair.Key, pair.Value)), metadata, dtype);

    private static StateDictReport Check(
        IReadOnlyDictionary<string, Tensor> targets, IReadOnlyDictionary<string, IReadOnlyList<long>> found, string source, bool strict)
    {
        var report = StateDictReport.Compare(Shapes(targets), found);
        return (strict ? report.IsMatch : report.Misshapen.Count == 0) ? report : throw new InvalidDataException($"{source}: {report}.");
    }

    private static Dictionary<string, IReadOnlyList<long>> Shapes(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<long>)pair.Value.shape);

    private static void Copy(IReadOnlyDictionary<string, Tensor> targets, IReadOnlyDictionary<string, Tensor> values)
    {
        using var noGradients = no_grad();
        foreach (var (name, value) in values)
        {
            if (targets.TryGetValue(name, out var target))
                target.copy_(value);
        }
    }
}
