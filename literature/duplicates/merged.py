"""Where a record went that was merged into another one."""

from literature.models import Merge, Reference


def kept_of(public_id: str) -> Reference | None:
    """The record that answers for `public_id` now; None where it was not merged."""
    merge = Merge.objects.filter(gone=public_id, kept__isnull=False).select_related("kept").first()
    return merge.kept if merge else None
