"""Images on findings: the rows, the files behind them, and who may attach and confirm."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.models import F, Q

import literature.public_ids
from literature.history.operations import Watch

ROWS = ["case", "event", "finding", "lesion", "result", "citation"]
ITEMS = ["patient", "event", "imaging_finding", "measurement", "result", "citation"]
OF_A_CASE = {"patients_case": ["case_id"]}
GROUPS = ("curator", "admin")
GIVEN = {"attach_image", "confirm_image"}


def permissions_of(apps):
    # Permissions are made after all migrations; on a new database these are not there yet.
    config = apps.get_app_config("patients")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    groups = apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="patients", codename__in=GIVEN
    )
    return groups, list(permissions)


def allow(apps, schema_editor):
    groups, permissions = permissions_of(apps)
    for group in groups:
        group.permissions.add(*permissions)


def disallow(apps, schema_editor):
    groups, permissions = permissions_of(apps)
    for group in groups:
        group.permissions.remove(*permissions)


def tie(name, columns, target, keys):
    return migrations.RunSQL(
        f"ALTER TABLE patients_findingimage ADD CONSTRAINT {name} FOREIGN KEY ({columns}) "
        f"REFERENCES {target} ({keys}) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE patients_findingimage DROP CONSTRAINT {name}",
    )


def unique(name, columns):
    return migrations.RunSQL(
        f"ALTER TABLE patients_imagefile ADD CONSTRAINT {name} UNIQUE ({columns})",
        f"ALTER TABLE patients_imagefile DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0014_derived"),
        ("literature", "0006_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="ImageFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=literature.public_ids.new_public_id, editable=False, help_text="Of the image that it was stored for; documents and addresses say it", max_length=10, unique=True)),
                ("name", models.CharField(help_text="Random; of the stored files", max_length=32, unique=True)),
                ("ending", models.CharField(choices=[("png", "PNG"), ("jpg", "JPEG")], max_length=4)),
                ("came_as", models.CharField(choices=[("PNG", "PNG"), ("JPEG", "JPEG"), ("TIFF", "TIFF"), ("DICOM", "DICOM")], max_length=5)),
                ("width", models.PositiveIntegerField(help_text="Pixels")),
                ("height", models.PositiveIntegerField(help_text="Pixels")),
                ("small_width", models.PositiveIntegerField(help_text="Pixels")),
                ("small_height", models.PositiveIntegerField(help_text="Pixels")),
                ("size", models.PositiveIntegerField(help_text="Bytes of the large one")),
                ("sha256", models.CharField(help_text="Of the large one as it is stored", max_length=64)),
                ("says_burned_in", models.BooleanField(default=False, help_text="Whether the DICOM file itself said that text is in its pixels")),
                ("stored_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, help_text="When somebody saw no burned-in text and no face in it", null=True)),
                ("purged_at", models.DateTimeField(blank=True, help_text="When the picture was destroyed, for somebody's privacy", null=True)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="image_files", to="patients.case")),
                ("confirmed_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("pk",),
                "permissions": [("confirm_image", "Can confirm that an image identifies nobody")],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=Q(ending__in=["png", "jpg"]), name="image_file_ending_known"),
                    models.CheckConstraint(condition=Q(came_as__in=["PNG", "JPEG", "TIFF", "DICOM"]), name="image_file_came_as_known"),
                    models.CheckConstraint(condition=Q(public_id__regex="^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$"), name="image_file_public_id_form"),
                    models.CheckConstraint(condition=Q(name__regex="^[0-9a-f]{32}$"), name="image_file_name_random"),
                    models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="image_file_sha256"),
                    models.CheckConstraint(condition=Q(width__range=(1, 65535), height__range=(1, 65535), small_width__range=(1, F("width")), small_height__range=(1, F("height")), size__gte=1), name="image_file_measures"),
                    models.CheckConstraint(condition=Q(confirmed_at__isnull=False) | Q(confirmed_by__isnull=True), name="image_file_confirmed_has_time"),
                    models.CheckConstraint(condition=Q(purged_at__isnull=True) | Q(confirmed_at__isnull=True), name="image_file_purged_is_not_confirmed"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=literature.public_ids.new_public_id, editable=False, max_length=10, unique=True, verbose_name="id")),
                ("position", models.PositiveIntegerField(default=0, help_text="Order within the report, from 0; settles what time leaves open")),
                ("caption", models.CharField(help_text="What it shows, in words", max_length=500)),
                ("credit", models.CharField(blank=True, help_text="Whose picture it is, and by which permission or licence it may be shown", max_length=300)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="%(class)ss", to="patients.case")),
                ("file", models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="images", to="patients.imagefile")),
                ("finding", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="images", to="patients.imagingfinding")),
            ],
            options={
                "verbose_name": "image",
                "ordering": ("position", "pk"),
                "permissions": [("attach_image", "Can attach images to findings, change and remove them")],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=~Q(caption=""), name="finding_image_has_caption"),
                    models.UniqueConstraint(fields=["file"], name="finding_image_of_one_file"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="clearing", name="clearing_row_kind_known"),
        migrations.AlterField(
            model_name="clearing",
            name="row_kind",
            field=models.CharField(choices=[("case", "Case"), ("event", "Event"), ("finding", "Finding"), ("lesion", "Lesion"), ("result", "Laboratory result"), ("citation", "Citation"), ("image", "Image"), ("derived", "Derived result set aside")], max_length=10),
        ),
        migrations.AddConstraint(
            model_name="clearing",
            constraint=models.CheckConstraint(condition=Q(row_kind__in=[*ROWS, "image", "derived"]), name="clearing_row_kind_known"),
        ),
        migrations.RemoveConstraint(model_name="listeditem", name="listed_item_kind_known"),
        migrations.AlterField(
            model_name="listeditem",
            name="kind",
            field=models.CharField(choices=[("patient", "Patient"), ("event", "Event"), ("imaging_finding", "Imaging finding"), ("measurement", "Measurement"), ("result", "Laboratory result"), ("citation", "Citation"), ("image", "Image")], max_length=16),
        ),
        migrations.AddConstraint(
            model_name="listeditem",
            constraint=models.CheckConstraint(condition=Q(kind__in=[*ITEMS, "image"]), name="listed_item_kind_known"),
        ),
        tie("findingimage_finding_of_same_case", "finding_id, case_id", "patients_imagingfinding", "id, case_id"),
        unique("imagefile_id_case_unique", "id, case_id"),
        unique("imagefile_id_public_id_unique", "id, public_id"),
        tie("findingimage_file_of_same_case", "file_id, case_id", "patients_imagefile", "id, case_id"),
        tie("findingimage_file_of_same_id", "file_id, public_id", "patients_imagefile", "id, public_id"),
        Watch("patients_imagefile", leave_out=["name"], part_of=OF_A_CASE),
        Watch("patients_findingimage", part_of=OF_A_CASE),
        migrations.RunPython(allow, disallow),
    ]
