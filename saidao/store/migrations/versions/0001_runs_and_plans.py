"""Runs, contents, the log, and the plans of the page."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DIGEST, ID, TIME, NAME = sa.String(64), sa.String(12), sa.String(24), sa.String(200)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "contents",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_contents"),
    )
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "digest": "0" * 64}])
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", DIGEST, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entries"),
    )
    op.create_index("ix_entries_subject", "entries", ["subject", "number"])
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("verb", sa.String(80), nullable=False),
        sa.Column("title_en", NAME, nullable=False),
        sa.Column("title_zh", NAME, nullable=False),
        sa.Column("case", DIGEST, nullable=False),
        sa.Column("inputs", DIGEST, nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("answer_en", sa.Text(), nullable=False),
        sa.Column("answer_zh", sa.Text(), nullable=False),
        sa.Column("result", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["inputs"], ["contents.digest"], name="fk_runs_inputs"),
        sa.ForeignKeyConstraint(["result"], ["contents.digest"], name="fk_runs_result"),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.UniqueConstraint("number", name="uq_runs_number"),
    )
    op.create_table(
        "tags",
        sa.Column("name", NAME, nullable=False),
        sa.Column("run", ID, nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name="fk_tags_run"),
        sa.PrimaryKeyConstraint("name", name="pk_tags"),
    )
    op.create_index("ix_tags_run", "tags", ["run"])
    op.create_table(
        "projects",
        sa.Column("id", ID, nullable=False),
        sa.Column("title_en", NAME, nullable=False),
        sa.Column("title_zh", NAME, nullable=False),
        sa.Column("case", DIGEST, nullable=False),
        sa.Column("owner", NAME, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
    )
    op.create_index("ix_projects_changed", "projects", ["changed"])
    op.create_table(
        "plans",
        sa.Column("id", ID, nullable=False),
        sa.Column("project", ID, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["project"], ["projects.id"], name="fk_plans_project"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_project", "plans", ["project"])
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", ID, nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("inputs", DIGEST, nullable=False),
        sa.Column("choices", DIGEST, nullable=False),
        sa.Column("of", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_steps_plan"),
        sa.ForeignKeyConstraint(["parent"], ["steps.id"], name="fk_steps_parent"),
        sa.ForeignKeyConstraint(["inputs"], ["contents.digest"], name="fk_steps_inputs"),
        sa.ForeignKeyConstraint(["choices"], ["contents.digest"], name="fk_steps_choices"),
        sa.PrimaryKeyConstraint("id", name="pk_steps"),
    )
    op.create_index("ix_steps_plan", "steps", ["plan"])
    op.create_table(
        "revisions",
        sa.Column("plan", ID, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("tip", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", NAME, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_revisions_plan"),
        sa.ForeignKeyConstraint(["step"], ["steps.id"], name="fk_revisions_step"),
        sa.ForeignKeyConstraint(["tip"], ["steps.id"], name="fk_revisions_tip"),
        sa.PrimaryKeyConstraint("plan", "revision", name="pk_revisions"),
        sa.UniqueConstraint("number", name="uq_revisions_number"),
    )
    op.create_table(
        "browsers",
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("lang", sa.String(2), nullable=False),
        sa.Column("plan", ID),
        sa.Column("seen", TIME, nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plans.id"], name="fk_browsers_plan"),
        sa.PrimaryKeyConstraint("key", name="pk_browsers"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("browsers", "revisions", "steps", "plans", "projects", "tags", "runs", "entries", "head", "contents"):
        op.drop_table(table)
