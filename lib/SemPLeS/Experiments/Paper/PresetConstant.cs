namespace SemPLeS.Experiments;

/// <summary>A constant of a preset, for people to read.</summary>
/// <param name="Part">What it belongs to, such as phase 1.</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="Source">P: the paper; S: its authors' published settings; W: WeakTr; O: our choice.</param>
public sealed record PresetConstant(string Part, string Name, string Value, string Source);
