"""Judges by link: panels, invitations and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DIGEST, ID, TIME, NAME = sa.String(64), sa.String(12), sa.String(24), sa.String(200)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "panels",
        sa.Column("id", ID, nullable=False),
        sa.Column("plan", ID, nullable=False),
        sa.Column("inputs", DIGEST, nullable=False),
        sa.Column("choices", DIGEST, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("money", DIGEST),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_panels_plan"),
        sa.ForeignKeyConstraint(["inputs"], ["contents.digest"], name="fk_panels_inputs"),
        sa.ForeignKeyConstraint(["choices"], ["contents.digest"], name="fk_panels_choices"),
        sa.ForeignKeyConstraint(["money"], ["contents.digest"], name="fk_panels_money"),
        sa.PrimaryKeyConstraint("id", name="pk_panels"),
    )
    op.create_index("ix_panels_plan", "panels", ["plan"])
    op.create_table(
        "invitations",
        sa.Column("id", ID, nullable=False),
        sa.Column("panel", ID, nullable=False),
        sa.Column("judge", NAME, nullable=False),
        sa.Column("link", DIGEST),
        sa.Column("session", DIGEST),
        sa.Column("expires", TIME, nullable=False),
        sa.Column("revoked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("finished", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["panel"], ["panels.id"], name="fk_invitations_panel"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("link", name="uq_invitations_link"),
        sa.UniqueConstraint("session", name="uq_invitations_session"),
        sa.UniqueConstraint("panel", "judge", name="uq_invitations_panel"),
    )
    op.create_index("ix_invitations_panel", "invitations", ["panel"])
    op.create_table(
        "answers",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("invitation", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("node", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["invitation"], ["invitations.id"], name="fk_answers_invitation"),
        sa.PrimaryKeyConstraint("number", name="pk_answers"),
    )
    op.create_index("ix_answers_invitation", "answers", ["invitation"])


def downgrade() -> None:
    """Drop them."""
    for table in ("answers", "invitations", "panels"):
        op.drop_table(table)
