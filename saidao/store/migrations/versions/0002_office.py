"""Accounts, rights and approvals of an office."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DIGEST, ID, TIME, NAME = sa.String(64), sa.String(12), sa.String(24), sa.String(200)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "accounts",
        sa.Column("name", NAME, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
    )
    with op.batch_alter_table("browsers") as table:
        table.add_column(sa.Column("account", NAME))
        table.create_foreign_key("fk_browsers_account", "accounts", ["account"], ["name"])
    op.create_table(
        "rights",
        sa.Column("project", ID, nullable=False),
        sa.Column("account", NAME, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_rights_project"),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_rights_account"),
        sa.PrimaryKeyConstraint("project", "account", name="pk_rights"),
    )
    op.create_table(
        "approvals",
        sa.Column("plan", ID, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("result", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_approvals_plan"),
        sa.ForeignKeyConstraint(["result"], ["contents.digest"], name="fk_approvals_result"),
        sa.PrimaryKeyConstraint("plan", "revision", "status", name="pk_approvals"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("approvals")
    op.drop_table("rights")
    with op.batch_alter_table("browsers") as table:
        table.drop_constraint("fk_browsers_account", type_="foreignkey")
        table.drop_column("account")
    op.drop_table("accounts")
