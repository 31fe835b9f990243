using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmWeb.Data.Common;

/// <summary>Where the entries of a table stand in the one search index of all tables.</summary>
internal static class SearchPlaces
{
    private const string Annotation = "CrmWeb:SearchPlace";

    extension<T>(EntityTypeBuilder<T> record) where T : Record, ISearchable
    {
        /// <summary>Search finds the records.</summary>
        /// <param name="place">From 1. It is part of every stored entry: a table's place never changes, and is never given to another.</param>
        public EntityTypeBuilder<T> IsSearched(int place) => record.HasAnnotation(Annotation, place);
    }

    extension(IReadOnlyEntityType type)
    {
        /// <summary>0 for a table that is not searched.</summary>
        public int SearchPlace => (int?)type.FindAnnotation(Annotation)?.Value ?? 0;
    }
}
