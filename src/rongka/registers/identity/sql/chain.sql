-- Verification follows admission; the countersigning officer is bound to the examination that was made.
ALTER TABLE identity_examination
    ADD CONSTRAINT examination_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id);

ALTER TABLE identity_verification
    ADD CONSTRAINT verification_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id),
    ADD CONSTRAINT verification_needs_examination_by_its_officer
    FOREIGN KEY (examination_id, admission_id, person_id, examined_by)
    REFERENCES identity_examination (id, admission_id, person_id, officer_id);

-- A notice's code opens the door of the notice's own person.
ALTER TABLE identity_onetimecode
    ADD CONSTRAINT one_time_code_needs_notice
    FOREIGN KEY (notice_id, person_id) REFERENCES permits_notice (id, person_id);
