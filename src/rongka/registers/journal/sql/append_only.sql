-- The journal is written once. No UPDATE, DELETE or TRUNCATE, even for the owner of the table.
CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'journal_is_append_only', TABLE = 'journal_record';
END
$$;

CREATE TRIGGER journal_is_append_only
    BEFORE UPDATE OR DELETE ON journal_record
    FOR EACH ROW EXECUTE FUNCTION journal_refuse_change();

CREATE TRIGGER journal_is_not_truncated
    BEFORE TRUNCATE ON journal_record
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
