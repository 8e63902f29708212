using SemPLeS.Tests.Signatures.Samples;
using Xunit;

namespace SemPLeS.Tests.Signatures;

public sealed class SignatureFormatterTests
{
    private const string Samples = "SemPLeS.Tests.Signatures.Samples";

    [Theory]
    [InlineData(typeof(Padding), $"type enum {Samples}.Padding")]
    [InlineData(typeof(RowAction<>), $"type delegate void {Samples}.RowAction<TPixel>(Span<TPixel> row, in int y) where TPixel : unmanaged")]
    [InlineData(typeof(IModule<,>), $"type interface {Samples}.IModule<T, TResult>")]
    [InlineData(typeof(torch), $"type static class {Samples}.torch")]
    [InlineData(typeof(torch.Tensor), $"type sealed class {Samples}.torch.Tensor : IDisposable")]
    [InlineData(
        typeof(torch.nn.Module<,>),
        $"type abstract class {Samples}.torch.nn.Module<T, TResult> : torch.nn.Module, IDisposable, IModule<T, TResult> where T : class")]
    [InlineData(
        typeof(Linear),
        $"type sealed class {Samples}.Linear : torch.nn.Module<torch.Tensor, torch.Tensor>, IDisposable, IEnumerable, IEnumerable<KeyValuePair<string, nint>>, IModule<torch.Tensor, torch.Tensor>")]
    [InlineData(typeof(Index<>), $"type struct {Samples}.Index<TPixel> : IEquatable<Index<TPixel>> where TPixel : unmanaged, IEquatable<TPixel>")]
    [InlineData(typeof(Index<>.Enumerator<>), $"type struct {Samples}.Index<TPixel>.Enumerator<TOther> where TOther : struct")]
    public void A_type_is_written_as_listings_write_it(Type type, string line) => Assert.Equal(line, SignatureFormatter.Format(type).ToString());

    [Theory]
    [InlineData(typeof(Padding), "enum  {0}.Same = 1", "enum  {0}.Valid = 0")]
    [InlineData(typeof(RowAction<>))]
    [InlineData(typeof(IModule<,>), "meth  public TResult {0}.call(T input)", "prop  public abstract bool {0}.training { get; }")]
    [InlineData(
        typeof(torch),
        "field public const Padding {0}.padding = 1",
        "field public static readonly torch.Tensor {0}.EMPTY",
        "meth  public static (torch.Tensor, torch.Tensor) {0}.max(this torch.Tensor input, long dim, params torch.Tensor[] others)",
        "meth  public static T {0}.to<T>(this T module, torch.ScalarType type = torch.ScalarType.Float32, char order = 'C', string mode = \"fan_in\", double eps = 1E-05, float p = 0.1, (long, long)? stride = null, CancellationToken token = default) where T : torch.nn.Module, new()",
        "meth  public static torch.Tensor {0}.zeros(ReadOnlySpan<long> size, torch.ScalarType? dtype = null, torch.Tensor? like = null, bool requires_grad = false, string[]? names = null)")]
    [InlineData(
        typeof(torch.Tensor),
        "ctor  public {0}()",
        "meth  public bool {0}.TryGet(out torch.Tensor? value, ref int position, in Complex scale)",
        "meth  public override string {0}.ToString()",
        "meth  public static double {0}.op_Explicit(torch.Tensor value)",
        "meth  public static torch.Tensor {0}.op_Addition(torch.Tensor left, float right)",
        "meth  public static torch.Tensor {0}.op_Implicit(long value)",
        "meth  public void {0}.Dispose()",
        "prop  public torch.Tensor {0}.this[params Range[] ranges] { get; set; }",
        "prop  public torch.Tensor? {0}.grad { get; set; }")]
    [InlineData(
        typeof(torch.nn.Module),
        "ctor  protected {0}(string name)",
        "ctor  public {0}()",
        "field protected readonly long[][,] {0}._shapes",
        "meth  protected virtual void {0}.Dispose(bool disposing)",
        "meth  public virtual void {0}.register_buffer(string name, torch.Tensor tensor, bool persistent = true)",
        "meth  public void {0}.Dispose()",
        "prop  public virtual bool {0}.training { get; protected set; }")]
    [InlineData(
        typeof(torch.nn.Module<,>),
        "ctor  protected {0}()",
        "event public Action<torch.nn.Module<T, TResult>, (int?, string)> {0}.Called",
        "meth  public TResult {0}.call(T input)",
        "meth  public abstract TResult {0}.forward(T input)")]
    [InlineData(
        typeof(Linear),
        "ctor  public {0}()",
        "meth  protected override void {0}.Dispose(bool disposing)",
        "meth  public IEnumerator<KeyValuePair<string, nint>> {0}.GetEnumerator()",
        "meth  public override torch.Tensor {0}.forward(torch.Tensor input)")]
    [InlineData(
        typeof(Index<>),
        "ctor  public {0}(TPixel value)",
        "field public TPixel {0}.Value",
        "meth  public bool {0}.Equals(Index<TPixel> other)")]
    [InlineData(typeof(Index<>.Enumerator<>), "prop  public Func<TPixel, TOther?, Memory<byte>> {0}.Current { get; set; }")]
    public void Members_are_written_as_listings_write_them(Type type, params string[] lines)
    {
        string name = TypeNames.Definition(type);
        Assert.Equal(
            lines.Select(line => line.Replace("{0}", name, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            SignatureFormatter.Members(type).Select(pair => pair.Signature.ToString()).Order(StringComparer.Ordinal));
    }
}
