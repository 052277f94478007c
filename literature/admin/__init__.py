"""Curating the library with Django's admin."""

from django.contrib import admin

from literature.admin.parts import ReferenceListItemAdmin, SourceTextAdmin, StudyFactAdmin
from literature.admin.references import ReferenceAdmin

__all__ = ["ReferenceAdmin", "ReferenceListItemAdmin", "SourceTextAdmin", "StudyFactAdmin"]

admin.site.site_header = admin.site.site_title = "Casebase"
admin.site.index_title = "Records"
