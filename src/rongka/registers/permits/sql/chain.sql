-- The order of the guide as a chain of keys: each step points at the step before it, of the same person.
-- The names say what is missing when the database refuses a row.
ALTER TABLE permits_application
    ADD CONSTRAINT switch_needs_own_legacy_permit
    FOREIGN KEY (legacy_permit_id, person_id) REFERENCES permits_legacypermit (id, person_id);

ALTER TABLE permits_submission
    ADD CONSTRAINT submission_needs_application
    FOREIGN KEY (application_id, person_id, kind) REFERENCES permits_application (id, person_id, kind);

ALTER TABLE permits_ruling
    ADD CONSTRAINT ruling_needs_submission
    FOREIGN KEY (submission_id, person_id, kind) REFERENCES permits_submission (id, person_id, kind);

ALTER TABLE permits_notice
    ADD CONSTRAINT notice_needs_approved_overseas_application
    FOREIGN KEY (ruling_id, person_id, kind, outcome) REFERENCES permits_ruling (id, person_id, kind, outcome);

ALTER TABLE permits_visa
    ADD CONSTRAINT visa_needs_notice
    FOREIGN KEY (notice_id, person_id) REFERENCES permits_notice (id, person_id);

ALTER TABLE permits_entry
    ADD CONSTRAINT entry_needs_visa
    FOREIGN KEY (visa_id, person_id) REFERENCES permits_visa (id, person_id);

ALTER TABLE permits_switch
    ADD CONSTRAINT switch_needs_approved_renewal
    FOREIGN KEY (ruling_id, person_id, kind, outcome) REFERENCES permits_ruling (id, person_id, kind, outcome);

ALTER TABLE permits_admission
    ADD CONSTRAINT admission_needs_own_entry
    FOREIGN KEY (entry_id, person_id) REFERENCES permits_entry (id, person_id),
    ADD CONSTRAINT admission_needs_own_switch
    FOREIGN KEY (switch_id, person_id) REFERENCES permits_switch (id, person_id);
