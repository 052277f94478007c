"""The same case as a tutorial would serve it: model serializers, nested, with prefetch."""

from __future__ import annotations

import os
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.reading.plain_drf_settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

from django.urls import path  # noqa: E402
from rest_framework import generics, serializers  # noqa: E402

from literature.models import Reference  # noqa: E402
from patients.models import Case, Citation, Event, ImagingFinding  # noqa: E402
from patients.vocabulary import Status  # noqa: E402


class ReferenceSerializer(serializers.ModelSerializer[Reference]):
    class Meta:
        model = Reference
        fields = ("public_id", "title", "year", "doi")


class CitationSerializer(serializers.ModelSerializer[Citation]):
    reference = ReferenceSerializer()

    class Meta:
        model = Citation
        fields = ("public_id", "role", "quote", "reference")


class EventSerializer(serializers.ModelSerializer[Event]):
    term: Any = serializers.StringRelatedField()
    citations = CitationSerializer(many=True)

    class Meta:
        model = Event
        fields = ("public_id", "label", "category", "detail", "start_low", "start_high",
                  "end_low", "end_high", "term", "citations")  # fmt: skip


class FindingSerializer(serializers.ModelSerializer[ImagingFinding]):
    class Meta:
        model = ImagingFinding
        fields = ("public_id", "description", "modality", "patency")


class CaseSerializer(serializers.ModelSerializer[Case]):
    events = EventSerializer(many=True)
    imaging_findings = FindingSerializer(many=True, source="imagingfindings")

    class Meta:
        model = Case
        fields = ("accession", "title", "summary", "events", "imaging_findings")


class CaseView(generics.RetrieveAPIView[Case]):
    serializer_class = CaseSerializer
    lookup_field = "accession"
    queryset = Case.objects.filter(status=Status.PUBLISHED).prefetch_related(
        "events__term", "events__citations__reference", "imagingfindings"
    )


urlpatterns = [path("cases/<str:accession>/", CaseView.as_view())]
