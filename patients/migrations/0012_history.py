"""Every change of a case and of what cases share is recorded; see literature 0006."""

from django.db import migrations, models

from literature.history.operations import Watch

OF_A_CASE = {"patients_case": ["case_id"]}
PARTS = (
    "event", "imagingfinding", "lesion", "measurement", "laboratoryresult", "citation",
    "caseversion", "statuschange", "casereview", "casewriter", "clearing",
)


class Migration(migrations.Migration):
    dependencies = [("patients", "0011_revisions"), ("literature", "0006_history")]
    operations = [
        migrations.AddField(
            model_name="caseversion",
            name="purged_at",
            field=models.DateTimeField(
                editable=False,
                help_text="When personal data was removed from it; its checksum is of what it says now",
                null=True,
            ),
        ),
        Watch("patients_patient"),
        Watch("patients_term"),
        Watch("patients_case", leave_out=["updated_at"], part_of={"patients_patient": ["patient_id"]}),
        *(Watch(f"patients_{part}", part_of=OF_A_CASE) for part in PARTS),
        Watch("patients_revision", leave_out=["updated_at", "log"], part_of=OF_A_CASE),
        Watch("patients_revisioncomment", part_of={"patients_revision": ["revision_id"]}),
    ]
