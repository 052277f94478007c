"""The editor's addresses once more, below `/cases/<accession>/propose/<id>/`."""

from django.urls import URLPattern, path

from patients.editor.urls import urlpatterns as editor
from patients.revisions.editing import in_proposal


def _proposed(pattern: URLPattern) -> URLPattern:
    name = str(pattern.name).replace("edit", "propose")
    return path(str(pattern.pattern), in_proposal(pattern.callback), name=name)


urlpatterns = [_proposed(pattern) for pattern in editor]
