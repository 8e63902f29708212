using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using static SemPLeS.Experiments.Prices.TransformerPrice;

namespace SemPLeS.Experiments.Prices;

/// <summary>
/// What the parts of the method are expected to cost. Transformers count, all else is small beside them; docs/scale.md compares with what was measured.
/// </summary>
public static class PriceEstimate
{
    /// <summary>A weight that learns is there with its gradient and two moments.</summary>
    private const int Copies = 4;

    /// <summary>Full-size maps of logits, probabilities and gradients in a step of the Segmenter.</summary>
    private const int LogitMaps = 10;

    /// <summary>Attention of all blocks is there block by block, as one tensor, and in part as its weighed means (measured: 2 to 2.5).</summary>
    private const double AttentionCopies = 2.5;

    // A DenseCrf on one core of the machine of docs/performance.md: seconds a pixel, and for each of its labels.
    private const double CrfSeconds = .53e-6;
    private const double CrfSecondsOfLabel = .09e-6;

    /// <summary>Phase 1.</summary>
    /// <param name="network">The generator.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="training">Schedule and crop.</param>
    /// <param name="atOnce">Images that go through the network at once; null: the whole batch.</param>
    public static RunPrice Phase1(GeneratorSettings network, ILabelledImages images, TrainingSettings training, int? atOnce = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(training);
        var trunk = NetworkPrices.Trunk(network, training.Augmentation.Size, training.Augmentation.Size);
        return new RunPrice(Seen(images, training) * trunk.Learning)
        {
            WeightBytes = Copies * FloatBytes * trunk.Parameters,
            StepBytes = AtOnce(training, atOnce) * (trunk.KeptBytes + trunk.AttentionBytes),
        };
    }

    /// <summary>Stages a and c, in which a frozen CLIP sees foreground and background of each pair of an image and its class, and gives the masks' gradient.</summary>
    /// <param name="network">The generator, whose trunk does not learn.</param>
    /// <param name="clip">CLIP.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="training">Schedule and crop.</param>
    /// <param name="atOnce">Images that go through the networks at once; null: the whole batch.</param>
    public static RunPrice OfGenerator(GeneratorSettings network, ClipSettings clip, ILabelledImages images, TrainingSettings training, int? atOnce = null)
    {
        var (trunk, encoder, pairs) = Frozen(network, clip, images, training);
        return new RunPrice(Seen(images, training) * (trunk.Forward + (2 * pairs * (encoder.Forward + encoder.InputGradient))))
        {
            WeightBytes = FloatBytes * (trunk.Parameters + NetworkPrices.Parameters(clip)),
            StepBytes = AtOnce(training, atOnce) * ((AttentionCopies * trunk.AttentionBytes) + (2 * pairs * encoder.KeptBytes)),
        };
    }

    /// <summary>Stage b, in which the prompts of all classes learn at each step from the backgrounds, with everything else frozen.</summary>
    /// <param name="network">The generator.</param>
    /// <param name="clip">CLIP.</param>
    /// <param name="images">What they learn from.</param>
    /// <param name="training">Schedule and crop.</param>
    /// <param name="tokens">Tokens of a prompt with its template.</param>
    /// <param name="atOnce">Images that go through the networks at once; null: the whole batch.</param>
    public static RunPrice OfPrompts(GeneratorSettings network, ClipSettings clip, ILabelledImages images, TrainingSettings training, int tokens, int? atOnce = null)
    {
        var (trunk, encoder, pairs) = Frozen(network, clip, images, training);
        var (batch, text) = (AtOnce(training, atOnce), NetworkPrices.Text(clip, tokens));
        var prompts = Seen(images, training) / batch * network.Classes * (text.Forward + text.InputGradient);
        // What is not changed at random is encoded once.
        var seen = training.Augmentation is PlainInput ? images.Count : Seen(images, training);
        return new RunPrice((seen * (trunk.Forward + (pairs * encoder.Forward))) + prompts)
        {
            WeightBytes = FloatBytes * (trunk.Parameters + NetworkPrices.Parameters(clip)),
            StepBytes = (batch * ((AttentionCopies * trunk.AttentionBytes) + (pairs * encoder.PassingBytes))) + (network.Classes * text.KeptBytes),
        };
    }

    /// <summary>CAMs of whole pictures.</summary>
    /// <param name="network">The generator.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="cams">Sizes and scales.</param>
    public static RunPrice Cams(GeneratorSettings network, ILabelledImages images, CamSettings cams)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(cams);
        var (pictures, views) = (new SampledPictures(images), cams.Mirror ? 2 : 1);
        return new RunPrice(pictures.Sum((width, height) => views * cams.Scales.Sum(scale => At(width, height, scale).Forward)))
        {
            WeightBytes = FloatBytes * At(network.ImageSize, network.ImageSize, 1).Parameters,
            PictureBytes = pictures.Largest((width, height) => views * cams.Scales.Max(scale => (AttentionCopies * At(width, height, scale).AttentionBytes) + At(width, height, scale).PassingBytes)),
        };

        TransformerPrice At(int width, int height, double scale)
        {
            var (columns, rows) = cams.Input.At(width, height, scale);
            return NetworkPrices.Trunk(network, columns, rows);
        }
    }

    /// <summary>CAMs of CLIP-ES: CLIP once on the whole picture, and its last block back for each class.</summary>
    /// <param name="clip">CLIP.</param>
    /// <param name="images">The pictures.</param>
    public static RunPrice ClipEs(ClipSettings clip, ILabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(images);
        var pictures = new SampledPictures(images);
        return new RunPrice(pictures.Sum((width, height) => At(width, height).Forward + (pictures.Labels * Last(width, height).Learning)))
        {
            WeightBytes = FloatBytes * NetworkPrices.Parameters(clip),
            PictureBytes = pictures.Largest((width, height) => (AttentionCopies * At(width, height).AttentionBytes) + (Math.Max(1, pictures.Labels) * Last(width, height).KeptBytes)),
        };

        TransformerPrice At(int width, int height) => NetworkPrices.Image(clip, width + clip.PatchSize - 1, height + clip.PatchSize - 1);

        TransformerPrice Last(int width, int height) => At(width, height) with { Blocks = 1, Embedding = 0 };
    }

    /// <summary>The CRF on a picture's own labels and the background; one core computes one picture.</summary>
    /// <param name="images">The pictures.</param>
    public static RunPrice Crf(ILabelledImages images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var pictures = new SampledPictures(images);
        return new RunPrice(0) { CoreSeconds = pictures.Sum((width, height) => (double)width * height * (CrfSeconds + (CrfSecondsOfLabel * (1 + pictures.Labels)))) };
    }

    /// <summary>A Segmenter's training.</summary>
    /// <param name="network">The Segmenter.</param>
    /// <param name="images">What it learns from.</param>
    /// <param name="training">Schedule and crop.</param>
    public static RunPrice Retraining(SegmenterSettings network, ILabelledImages images, TrainingSettings training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(training);
        var side = training.Augmentation.Size;
        var (encoder, decoder) = (NetworkPrices.Encoder(network, side), NetworkPrices.Decoder(network, side));
        return new RunPrice(Seen(images, training) * (encoder.Learning + decoder.Learning))
        {
            WeightBytes = Copies * FloatBytes * (encoder.Parameters + decoder.Parameters),
            StepBytes = training.BatchSize * (encoder.KeptBytes + decoder.KeptBytes + ((double)LogitMaps * FloatBytes * network.Labels * side * side)),
        };
    }

    /// <summary>A Segmenter's labels of whole pictures.</summary>
    /// <param name="network">The Segmenter.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="test">Windows and scales.</param>
    public static RunPrice Labels(SegmenterSettings network, ILabelledImages images, PredictionSettings test)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(test);
        var pictures = new SampledPictures(images);
        var (encoder, decoder) = (NetworkPrices.Encoder(network, test.Window), NetworkPrices.Decoder(network, test.Window));
        return new RunPrice(pictures.Sum((width, height) => (test.Mirror ? 2 : 1) * test.Scales.Sum(scale => Windows(width, height, scale))) * (encoder.Forward + decoder.Forward))
        {
            WeightBytes = FloatBytes * (encoder.Parameters + decoder.Parameters),
            PictureBytes = (SegmenterPredictor.WindowsAtOnce * encoder.PassingBytes) + pictures.Largest((width, height) => test.Scales.Max(scale => Maps(width, height, scale))),
        };

        double Windows(int width, int height, double scale)
        {
            var (columns, rows) = test.At(width, height, scale);
            return (double)test.Windows(columns).Count * test.Windows(rows).Count;
        }

        double Maps(int width, int height, double scale)
        {
            var (columns, rows) = test.At(width, height, scale);
            return (double)FloatBytes * network.Labels * (((double)columns * rows) + (2.0 * width * height));
        }
    }

    private static (TransformerPrice Trunk, TransformerPrice Encoder, double Pairs) Frozen(GeneratorSettings network, ClipSettings clip, ILabelledImages images, TrainingSettings training)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(training);
        return (NetworkPrices.Trunk(network, training.Augmentation.Size, training.Augmentation.Size), NetworkPrices.Image(clip), new SampledPictures(images).Labels);
    }

    /// <summary>Images that a training sees, each as often as it does.</summary>
    private static double Seen(ILabelledImages images, TrainingSettings training) => (double)training.Epochs * training.StepsPerEpoch(images.Count) * training.BatchSize;

    private static int AtOnce(TrainingSettings training, int? atOnce) => Math.Min(atOnce ?? training.BatchSize, training.BatchSize);
}
