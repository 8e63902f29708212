using System.Net.Http.Headers;

namespace SemPLeS.Fetching;

/// <summary>What is left of a download that was cut: the bytes so far, and what tells whether the server still has the same file.</summary>
/// <param name="Target">The file's name when it is complete.</param>
internal sealed record DownloadState(string Target)
{
    /// <summary>The bytes so far.</summary>
    public string PartPath => Target + ".part";

    private string ValidatorPath => Target + ".part.tag";

    /// <summary>How many bytes can be kept. Without a validator nobody knows what they are a part of.</summary>
    public long Kept => File.Exists(PartPath) && File.Exists(ValidatorPath) ? new FileInfo(PartPath).Length : 0;

    /// <summary>What the server is asked to compare with, RFC 9110, section 13.1.5.</summary>
    public RangeConditionHeaderValue? Validator()
    {
        var text = File.ReadAllText(ValidatorPath);
        if (EntityTagHeaderValue.TryParse(text, out var tag) && !tag.IsWeak)
            return new RangeConditionHeaderValue(tag);
        return RangeConditionHeaderValue.TryParse(text, out var date) ? date : null;
    }

    /// <summary>Begins anew, or from what is kept.</summary>
    /// <param name="response">The server's answer.</param>
    public void Remember(HttpResponseMessage response)
    {
        var validator = response.Headers.ETag is { IsWeak: false } tag ? tag.ToString() : response.Content.Headers.LastModified?.ToString("R");
        if (validator is not null)
            File.WriteAllText(ValidatorPath, validator);
        else
            File.Delete(ValidatorPath);
    }

    /// <summary>Gives the complete file its name.</summary>
    public void Finish()
    {
        File.Move(PartPath, Target, overwrite: true);
        File.Delete(ValidatorPath);
    }

    /// <summary>Forgets all.</summary>
    public void Delete()
    {
        File.Delete(PartPath);
        File.Delete(ValidatorPath);
    }
}
