"""The triggers that keep the journal append-only."""

from pathlib import Path

from django.db import migrations

APPEND_ONLY = Path(__file__).parent.parent / "sql" / "append_only.sql"


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
