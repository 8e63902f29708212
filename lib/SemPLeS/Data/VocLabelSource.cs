namespace SemPLeS.Data;

/// <summary>Where the image-level labels of a VOC data set come from.</summary>
public enum VocLabelSource
{
    /// <summary>The mask where there is one, else the annotation.</summary>
    MaskOrAnnotation,

    /// <summary>The classes that occur in the mask.</summary>
    Mask,

    /// <summary>The objects that the XML file in the folder Annotations lists, difficult ones too.</summary>
    Annotation,

    /// <summary>Nowhere: no photograph has labels or a mask, as in VOC's test split, and none is left out.</summary>
    None,
}
