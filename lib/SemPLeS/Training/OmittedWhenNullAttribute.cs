namespace SemPLeS.Training;

/// <summary>A setting that came later than the first stored runs: <see cref="SettingsText"/> leaves it out where it is null, so that their keys stay.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OmittedWhenNullAttribute : Attribute;
