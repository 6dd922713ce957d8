-- Verification follows admission; the countersigning officer is bound to the examination that was made, the reviewing
-- officer to the proof that was accepted, and the level to the chip that was read.
ALTER TABLE identity_examination
    ADD CONSTRAINT examination_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id);

ALTER TABLE identity_faceproof
    ADD CONSTRAINT proof_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id),
    ADD CONSTRAINT proof_needs_consent
    FOREIGN KEY (consent_id, admission_id, person_id) REFERENCES evidence_faceconsent (id, admission_id, person_id),
    ADD CONSTRAINT proof_needs_own_document_that_agrees
    FOREIGN KEY (document_check_id, admission_id, person_id, document_agrees)
    REFERENCES evidence_documentcheck (id, admission_id, person_id, agrees);

ALTER TABLE identity_verification
    ADD CONSTRAINT verification_needs_admission
    FOREIGN KEY (admission_id, person_id) REFERENCES permits_admission (id, person_id),
    ADD CONSTRAINT verification_needs_examination_by_its_officer
    FOREIGN KEY (examination_id, admission_id, person_id, examined_by)
    REFERENCES identity_examination (id, admission_id, person_id, officer_id),
    ADD CONSTRAINT verification_needs_proof_accepted_by_its_officer
    FOREIGN KEY (proof_id, admission_id, person_id, reviewed_by, proof_outcome)
    REFERENCES identity_faceproof (id, admission_id, person_id, reviewed_by, outcome),
    ADD CONSTRAINT verification_needs_own_document_of_its_level
    FOREIGN KEY (document_check_id, admission_id, person_id, document_level)
    REFERENCES evidence_documentcheck (id, admission_id, person_id, level);

-- A notice's code opens the door of the notice's own person.
ALTER TABLE identity_onetimecode
    ADD CONSTRAINT one_time_code_needs_notice
    FOREIGN KEY (notice_id, person_id) REFERENCES permits_notice (id, person_id);
