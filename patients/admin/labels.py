"""How the rows of a case are named where they are chosen. The rows come with what they name."""

from __future__ import annotations

from patients.models import Event, ImagingFinding
from patients.models.part import CasePart


def event_label(event: Event) -> str:
    return f"{event} ({event.start_reported_as})" if event.start_reported_as else str(event)


def finding_label(finding: ImagingFinding) -> str:
    """`MRI, Follow-up scan: Liver metastases`."""
    study = ", ".join(filter(None, (finding.get_modality_display(), str(finding.event))))
    shown = finding.lesion or finding.site or finding.description[:60]
    return f"{study}: {shown}" if shown else study


def part_label(row: CasePart) -> str:
    if isinstance(row, Event):
        return event_label(row)
    return finding_label(row) if isinstance(row, ImagingFinding) else str(row)
