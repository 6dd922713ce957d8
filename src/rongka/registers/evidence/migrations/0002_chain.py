"""The keys of the chain, as SQL: they carry the person along, which the ORM cannot say."""

from pathlib import Path

from django.db import migrations

CHAIN = Path(__file__).parent.parent / "sql" / "chain.sql"


class Migration(migrations.Migration):
    """Add the chain's foreign keys."""

    dependencies = [("evidence", "0001_initial"), ("permits", "0002_chain")]
    operations = [migrations.RunSQL(CHAIN.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
