using SemPLeS.Tests.Signatures.Samples;
using Xunit;

namespace SemPLeS.Tests.Signatures;

public sealed class SignatureComparerTests
{
    private const string Samples = "SemPLeS.Tests.Signatures.Samples";

    private static readonly string Outer = $"type static class {Samples}.torch";

    private static readonly string[] Module =
    [
        $"type class {Samples}.torch.nn.Module : IDisposable",
        $"  ctor  protected {Samples}.torch.nn.Module(string name)",
        $"  ctor  public {Samples}.torch.nn.Module()",
        $"  field protected readonly long[][,] {Samples}.torch.nn.Module._shapes",
        $"  meth  protected virtual void {Samples}.torch.nn.Module.Dispose(bool disposing)",
        $"  meth  public virtual void {Samples}.torch.nn.Module.register_buffer(string name, torch.Tensor tensor, bool persistent = true)",
        $"  meth  public void {Samples}.torch.nn.Module.Dispose()",
        $"  prop  public virtual bool {Samples}.torch.nn.Module.training {{ get; protected set; }}",
    ];

    private static readonly string[] GenericModule =
    [
        $"type abstract class {Samples}.torch.nn.Module<T, TResult> : torch.nn.Hooks<T>, IDisposable, IModule<T, TResult> where T : class",
        $"  ctor  protected {Samples}.torch.nn.Module<T, TResult>()",
        $"  event public Action<torch.nn.Module<T, TResult>, (int?, string)> {Samples}.torch.nn.Module<T, TResult>.Called",
        $"  meth  public abstract TResult {Samples}.torch.nn.Module<T, TResult>.forward(T input)",
        $"type abstract class {Samples}.torch.nn.Hooks<TInput> : torch.nn.Module, IDisposable",
    ];

    [Fact]
    public void Identical_signatures_pass() => Assert.Empty(Compare(typeof(torch.nn.Module), Module));

    [Theory]
    [InlineData("virtual void {0}.register_buffer", "virtual bool {0}.register_buffer", "register_buffer")]
    [InlineData("(string name, torch.Tensor tensor,", "(string name, long dim, torch.Tensor tensor,", "register_buffer")]
    [InlineData("(string name, torch.Tensor tensor,", "(string name, torch.Tensor value,", "register_buffer")]
    [InlineData("persistent = true)", "persistent = false)", "register_buffer")]
    [InlineData("persistent = true)", "persistent)", "register_buffer")]
    [InlineData("persistent = true)", "persistent = true, long mandatory)", "register_buffer")]
    [InlineData("torch.Tensor tensor, bool persistent = true)", "torch.Tensor tensor)", "register_buffer")]
    [InlineData("public virtual void {0}.register_buffer", "public void {0}.register_buffer", "register_buffer")]
    [InlineData("public virtual void {0}.register_buffer", "public static void {0}.register_buffer", "register_buffer")]
    [InlineData("register_buffer", "Register_buffer", "register_buffer")]
    [InlineData("protected readonly long[][,]", "protected long[][,]", "_shapes")]
    [InlineData("long[][,]", "long[,][]", "_shapes")]
    [InlineData("{ get; protected set; }", "{ get; }", "training")]
    [InlineData("ctor  protected {0}(string name)", "ctor  public {0}(string name)", "Module(string name)")]
    public void A_changed_signature_is_found_and_shown_with_the_packages_own(string original, string changed, string member)
    {
        string[] package = [.. Module.Select(line => line.Replace(Fill(original), Fill(changed), StringComparison.Ordinal))];
        string changedLine = Assert.Single(package.Except(Module)).Trim();

        var difference = Assert.Single(Compare(typeof(torch.nn.Module), package));

        Assert.Contains(member, difference.Line, StringComparison.Ordinal);
        Assert.Contains(changedLine, difference.Candidates);

        static string Fill(string text) => text.Replace("{0}", $"{Samples}.torch.nn.Module", StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_the_package_lacks_is_found()
    {
        var difference = Assert.Single(Compare(typeof(torch.nn.Module), [.. Module.Where(line => !line.Contains("_shapes", StringComparison.Ordinal))]));
        Assert.Equal("The package has no such member.", difference.Reason);
        Assert.Contains("_shapes", difference.Line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_package_lacks_is_found_and_the_nearest_names_are_shown()
    {
        var difference = Assert.Single(Compare(typeof(Linear), [$"type sealed class {Samples}.Linears"]));
        Assert.Equal("The package has no type of this name.", difference.Reason);
        Assert.Equal($"{Samples}.Linears", difference.Candidates[0]);
    }

    [Fact]
    public void Members_of_the_package_that_the_stand_in_lacks_are_no_difference() =>
        Assert.Empty(Compare(typeof(torch.nn.Module), [.. Module, $"  meth  public void {Samples}.torch.nn.Module.eval()"]));

    [Fact]
    public void Trailing_optional_parameters_may_be_missing() =>
        Assert.Empty(Compare(typeof(torch.nn.Module), [.. Module.Select(line => line
            .Replace("persistent = true)", "persistent = true, (long, long)? size = null, Func<int, bool>? filter = null)", StringComparison.Ordinal))]));

    [Fact]
    public void A_setter_that_the_stand_in_lacks_is_no_difference()
    {
        string[] lines =
        [
            $"type interface {Samples}.IModule<T, TResult>",
            $"  meth  public TResult {Samples}.IModule<T, TResult>.call(T input)",
            $"  prop  public abstract bool {Samples}.IModule<T, TResult>.training {{ get; set; }}",
        ];
        Assert.Empty(Compare(typeof(IModule<,>), lines));
    }

    [Theory]
    [InlineData("type class", "type sealed class", "It is a class; the package's is a sealed class.")]
    [InlineData(" : IDisposable", "", "The package's is no IDisposable.")]
    [InlineData("Module : IDisposable", "Module : IDisposable where T : struct", "The constraints on its type parameters differ.")]
    public void A_changed_type_is_found(string original, string changed, string reason)
    {
        string[] lines = [Module[0].Replace(original, changed, StringComparison.Ordinal), .. Module[1..]];
        Assert.Equal(reason, Assert.Single(Compare(typeof(torch.nn.Module), lines)).Reason);
    }

    [Fact]
    public void A_base_class_and_members_may_stand_further_up_in_the_package()
    {
        string[] lines = [.. GenericModule, $"  meth  public TResult {Samples}.torch.nn.Hooks<TInput>.call(TInput input)", .. Module];

        Assert.Empty(Compare(typeof(torch.nn.Module<,>), lines));
    }

    [Fact]
    public void A_base_class_that_is_none_in_the_package_is_found()
    {
        string[] lines = [.. GenericModule[..^1], $"  meth  public TResult {Samples}.torch.nn.Module<T, TResult>.call(T input)"];
        Assert.Equal("The package's is no torch.nn.Module.", Assert.Single(Compare(typeof(torch.nn.Module<,>), lines)).Reason);
    }

    [Fact]
    public void Overrides_need_not_be_listed_but_new_members_must_be()
    {
        string[] lines =
        [
            $"type sealed class {Samples}.Linear : torch.nn.Module<torch.Tensor, torch.Tensor>, IDisposable, IEnumerable, IEnumerable<KeyValuePair<string, nint>>, IModule<torch.Tensor, torch.Tensor>",
            $"  ctor  public {Samples}.Linear()",
            .. GenericModule,
            .. Module,
        ];
        Assert.Contains("GetEnumerator", Assert.Single(Compare(typeof(Linear), lines)).Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_an_enumeration_must_be_equal()
    {
        string[] lines = [$"type enum {Samples}.Padding", $"  enum  {Samples}.Padding.Valid = 0", $"  enum  {Samples}.Padding.Same = 2"];
        Assert.Equal($"enum  {Samples}.Padding.Same = 1", Assert.Single(Compare(typeof(Padding), lines)).Line);
    }

    [Fact]
    public void The_parameters_of_a_delegate_must_be_equal()
    {
        string line = $"type delegate void {Samples}.RowAction<TPixel>(Span<TPixel> row, in int y) where TPixel : unmanaged";
        Assert.Empty(Compare(typeof(RowAction<>), [line]));
        Assert.Single(Compare(typeof(RowAction<>), [line.Replace("in int", "int", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("torch.Tensor? {0}.grad", "torch.Tensor {0}.grad", 0)]
    [InlineData("torch.Tensor {0}.this[params Range[] ranges]", "torch.Tensor? {0}.this[params Range[] ranges]", 1)]
    [InlineData("(torch.Tensor left,", "(torch.Tensor? left,", 0)]
    [InlineData("out torch.Tensor? value", "out torch.Tensor value", 0)]
    [InlineData("ref int position", "ref int? position", 1)]
    public void What_the_package_returns_as_possibly_null_must_be_so_in_the_stand_in(string original, string changed, int differences)
    {
        string tensor = $"{Samples}.torch.Tensor";
        string[] lines =
        [
            $"type sealed class {tensor} : IDisposable",
            .. SignatureFormatter.Members(typeof(torch.Tensor)).Select(pair => "  " + pair.Signature),
        ];
        string[] package = [.. lines.Select(line => line.Replace(Fill(original), Fill(changed), StringComparison.Ordinal))];

        Assert.NotEqual(lines, package);
        Assert.Equal(differences, Compare(typeof(torch.Tensor), package).Count);

        string Fill(string text) => text.Replace("{0}", tensor, StringComparison.Ordinal);
    }

    private static IReadOnlyList<SignatureDifference> Compare(Type type, string[] lines) => SignatureComparer.Compare([type], Listing.Parse([Outer, .. lines]));
}
