"""What outputs may show of an incident, and from which handling level on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; until `tocsin rebuild` has filled them, no incident is shown to anybody."""
    with op.batch_alter_table("incidents") as incidents:
        column = sa.Column("handling", sa.String(), nullable=False, server_default="sealed")
        incidents.add_column(column)
    with op.batch_alter_table("incident_records") as whole:
        whole.add_column(sa.Column("released", sa.LargeBinary(), nullable=True))
    op.create_index("reports_by_handling", "reports", ["handling"], unique=False)
