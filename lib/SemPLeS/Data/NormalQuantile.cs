namespace SemPLeS.Data;

/// <summary>
/// The quantile function of the standard normal distribution (Wichura, 1988, Algorithm AS 241, PPND16; about 16 digits). It needs only arithmetic
/// and square roots, which IEEE 754 fixes, so that the result is the same on every machine; a platform's own logarithm is not.
/// </summary>
public static class NormalQuantile
{
    private static ReadOnlySpan<double> CentreNumerator =>
    [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
    ];

    private static ReadOnlySpan<double> CentreDenominator =>
    [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
    ];

    private static ReadOnlySpan<double> TailNumerator =>
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
        3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0,
    ];

    private static ReadOnlySpan<double> TailDenominator =>
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1,
    ];

    private static ReadOnlySpan<double> FarTailNumerator =>
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0,
    ];

    private static ReadOnlySpan<double> FarTailDenominator =>
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];

    /// <summary>The number below which a standard normal variable falls with the given probability.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public static double Of(double probability)
    {
        if (!(probability > 0 && probability < 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability must lie between 0 and 1.");
        var centred = probability - .5;
        if (Math.Abs(centred) <= .425)
        {
            var r = .180625 - centred * centred;
            return centred * (Polynomial(CentreNumerator, r) / Polynomial(CentreDenominator, r));
        }

        var distance = Math.Sqrt(-Logarithm(centred < 0 ? probability : 1 - probability));
        var quantile = distance <= 5
            ? Polynomial(TailNumerator, distance - 1.6) / Polynomial(TailDenominator, distance - 1.6)
            : Polynomial(FarTailNumerator, distance - 5) / Polynomial(FarTailDenominator, distance - 5);
        return centred < 0 ? -quantile : quantile;
    }

    private static double Polynomial(ReadOnlySpan<double> coefficients, double x)
    {
        var sum = coefficients[0];
        for (var i = 1; i < coefficients.Length; i++)
            sum = sum * x + coefficients[i];
        return sum;
    }

    // ln x = e ln 2 + 2 artanh((m - 1)/(m + 1)) with x = m 2^e and m near 1, where 12 terms of the series suffice.
    private static double Logarithm(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        var ratio = (mantissa - 1) / (mantissa + 1);
        var square = ratio * ratio;
        var series = 0.0;
        for (var power = 23; power >= 1; power -= 2)
            series = series * square + 1.0 / power;
        return exponent * 0.6931471805599453 + 2 * ratio * series;
    }
}
